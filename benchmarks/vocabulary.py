"""How often the vocabulary finds the right codes, by phrases written by hand: half to build with, half to report.

python -m benchmarks.vocabulary            the half that was not looked at while building, and the baselines
python -m benchmarks.vocabulary --build    the other half, with every miss
"""

import argparse
import csv
import hashlib
import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from app.matching.vocabulary import carried_vocabulary

FOLDER = Path(__file__).parent / "vocabulary"
OFFICIAL = Path(__file__).parents[2] / "shared" / "data" / "cpv_2008.csv"
LANGUAGES = ("fr", "de", "en", "es")
CLEAR = 0.5
Find = Callable[[str, str], Sequence[tuple[str, float]]]


def is_for_building(text: str) -> bool:
    """Whether a phrase belongs to the half that may be looked at while building; decided by its hash."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def rows(name: str, is_build: bool, column: str) -> list[dict[str, str]]:
    """The rows of one half of a file; a row belongs where the hash of its `column` says."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter=";") if is_for_building(row[column]) == is_build]


def found_by_vocabulary(text: str, _lang: str) -> Sequence[tuple[str, float]]:
    """Groups with certainty; the language is not given away."""
    return [(match.code[:3], match.certainty) for match in carried_vocabulary().find(text)]


def grams_of(text: str) -> Counter[str]:
    """Character n-grams (three to five) of a text with blanks around its words."""
    padded = " " + " ".join(text.casefold().split()) + " "
    return Counter(padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1))


def found_by_grams(deepest: int) -> Find:
    """The baseline: cosine of n-grams over the official names with at most `deepest` significant digits."""
    postings: dict[str, dict[str, list[tuple[int, float]]]] = {}
    codes: dict[str, list[str]] = {}
    rarity: dict[str, dict[str, float]] = {}
    with OFFICIAL.open(encoding="utf-8-sig", newline="") as file:
        official = [row for row in csv.DictReader(file) if len(row["code"][:8].rstrip("0")) <= deepest]
    for lang in LANGUAGES:
        grams = [grams_of(row[lang]) for row in official]
        seen = Counter(gram for each in grams for gram in each)
        rarity[lang] = {gram: math.log(1 + len(grams) / count) for gram, count in seen.items()}
        postings[lang], codes[lang] = defaultdict(list), [row["code"][:3] for row in official]
        for place, each in enumerate(grams):
            norm = math.sqrt(sum((count * rarity[lang][gram]) ** 2 for gram, count in each.items()))
            for gram, count in each.items():
                postings[lang][gram].append((place, count * rarity[lang][gram] / norm))

    def find(text: str, lang: str) -> Sequence[tuple[str, float]]:
        scores: dict[int, float] = defaultdict(float)
        for gram, count in grams_of(text).items():
            for place, weight in postings[lang].get(gram, ()):
                scores[place] += count * rarity[lang][gram] * weight
        best: dict[str, float] = {}
        for place, score in scores.items():
            best[codes[lang][place]] = max(score, best.get(codes[lang][place], 0.0))
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:3]

    return find


def share(hits: Iterable[bool]) -> str:
    """Hits of all, and in per cent."""
    listed = list(hits)
    return f"{sum(listed):3d} of {len(listed):3d}  {100 * sum(listed) / len(listed):5.1f} %"


def right_group_among_three(find: Find, is_build: bool, says_misses: bool) -> None:
    """For each language: the share of phrases with a right group among the first three."""
    for lang in LANGUAGES:
        hits = []
        for row in rows(f"phrases_{lang}.csv", is_build, "phrase"):
            found = find(row["phrase"], lang)
            right = {group for group, _ in found} & set(row["groups"].split())
            hits.append(bool(right))
            if says_misses and not right:
                print(f"    missed: {row['phrase']} ({row['groups']}) found {found}")
        print(f"  {lang}: right group among the first three   {share(hits)}")


def pairs_that_meet(find: Find, is_build: bool, says_misses: bool) -> None:
    """The share of needs and offers of the same meaning in two languages whose first three share a group."""
    hits = []
    for row in rows("pairs.csv", is_build, "need"):
        need, offer = find(row["need"], row["need_lang"]), find(row["offer"], row["offer_lang"])
        meet = {group for group, _ in need} & {group for group, _ in offer}
        hits.append(bool(meet))
        if says_misses and not meet:
            print(f"    missed: {row['need']} | {row['offer']}: {need} {offer}")
    print(f"  pairs across languages that share a group   {share(hits)}")


def certainty(is_build: bool, says_misses: bool) -> None:
    """The shares of clear phrases, and of vague ones, that are answered with certainty."""
    clear = []
    wrong = []
    for lang in LANGUAGES:
        for row in rows(f"phrases_{lang}.csv", is_build, "phrase"):
            best = found_by_vocabulary(row["phrase"], lang)[:1]
            clear.append(bool(best) and best[0][1] >= CLEAR)
            if clear[-1]:
                wrong.append(best[0][0] not in row["groups"].split())
            elif says_misses:
                print(f"    not certain: {row['phrase']} {best}")
    print(f"  clear phrases answered with certainty       {share(clear)}")
    print(f"  of these, the first answer is not right     {share(wrong)}")
    vague = []
    for row in rows("vague.csv", is_build, "phrase"):
        best = found_by_vocabulary(row["phrase"], "")[:1]
        vague.append(bool(best) and best[0][1] >= CLEAR)
        if says_misses and vague[-1]:
            print(f"    too certain: {row['phrase']} {best}")
    print(f"  vague phrases answered with certainty       {share(vague)}")


def speed() -> None:
    """Seconds to build, and for ten thousand different texts."""
    start = time.process_time()
    vocabulary = carried_vocabulary.__wrapped__()
    built = time.process_time() - start
    phrases = [
        row["phrase"]
        for lang in LANGUAGES
        for half in (True, False)
        for row in rows(f"phrases_{lang}.csv", half, "phrase")
    ]
    texts = [f"{phrases[n % len(phrases)]}, {phrases[(n * 7 + n // 97) % len(phrases)]} {n}" for n in range(10_000)]
    start = time.process_time()
    for text in texts:
        vocabulary.find(text)
    print(f"built in {built:.1f} s; 10,000 texts of two phrases in {time.process_time() - start:.1f} s of CPU")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", action="store_true", help="the half to build with, and every miss")
    parser.add_argument("--fast", action="store_true", help="neither baselines nor speed")
    options = parser.parse_args()
    print(f"Vocabulary, {'build' if options.build else 'report'} half")
    right_group_among_three(found_by_vocabulary, options.build, options.build)
    pairs_that_meet(found_by_vocabulary, options.build, options.build)
    certainty(options.build, options.build)
    if options.fast:
        return
    speed()
    if not OFFICIAL.exists():
        print("no official names here: baselines left out")
        return
    for deepest, name in ((8, "all official names"), (3, "official names of divisions and groups")):
        print(f"Baseline: n-grams over {name}")
        find = found_by_grams(deepest)
        right_group_among_three(find, options.build, False)
        pairs_that_meet(find, options.build, False)


if __name__ == "__main__":
    main()
