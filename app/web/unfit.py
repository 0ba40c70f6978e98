"""What does not fit about a field that was sent, in words: each kind of it that the framework knows has a sentence."""

from collections.abc import Mapping

from app.errors import Unfit
from app.web.fields import A_MOMENT


def unfit(kind: str, values: Mapping[str, object]) -> Unfit:
    """Return a fault as a refusal, told in any language. What a field of this house says itself is kept."""
    own = values.get("error")
    if isinstance(own, Unfit):
        return own
    return _of_presence(kind) or _of_bounds(kind, values) or _of_length(kind, values) or _of_type(kind)


def _of_bounds(kind: str, values: Mapping[str, object]) -> Unfit | None:
    match kind:
        case "greater_than_equal":
            return Unfit("It must be {least} or more.", least=values["ge"])
        case "greater_than":
            return Unfit("It must be more than {bound}.", bound=values["gt"])
        case "less_than_equal":
            return Unfit("It must be {most} or less.", most=values["le"])
        case "less_than":
            return Unfit("It must be less than {bound}.", bound=values["lt"])
        case "enum" | "literal_error":
            return Unfit("It must be one of these: {choices}.", choices=str(values["expected"]).replace(" or ", ", "))
    return None


def _of_length(kind: str, values: Mapping[str, object]) -> Unfit | None:
    match kind:
        case "string_too_short" | "too_short" if values["min_length"] == 1:
            return Unfit("It must not be empty.")
        case "string_too_short":
            return Unfit("It must be {least} characters long or longer.", least=values["min_length"])
        case "string_too_long":
            return Unfit("It must be at most {most} characters long.", most=values["max_length"])
        case "too_short":
            return Unfit("There must be {least} or more of them.", least=values["min_length"])
        case "too_long":
            return Unfit("There must be at most {most} of them.", most=values["max_length"])
    return None


def _of_presence(kind: str) -> Unfit | None:
    match kind:
        case "missing":
            return Unfit("It is missing.")
        case "extra_forbidden":
            return Unfit("There is no such field here.")
        case "json_invalid":
            return Unfit("It is not JSON.")
    return None


def _of_type(kind: str) -> Unfit:
    match kind.partition("_")[0]:
        case "string":
            return Unfit("It must be text, in the form that is described for it.")
        case "int":
            return Unfit("It must be a whole number.")
        case "float" | "finite":
            return Unfit("It must be a number.")
        case "bool":
            return Unfit("It must be true or false.")
        case "list":
            return Unfit("It must be a list.")
        case "dict" | "model":
            return Unfit("It must be an object, with a value for each name.")
        case "date":
            return Unfit("It must be a day, such as 2026-06-06.")
        case "time":
            return Unfit("It must be a time of day, such as 14:30.")
        case "datetime" | "timezone":
            return Unfit(A_MOMENT)
    return Unfit("It is not what is expected here.")
