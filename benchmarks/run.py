"""All groups of benchmarks, one table after the other: `python -m benchmarks.run [GROUP…]`, or `make bench`."""

import argparse
import subprocess
import sys

# Each group is a module that prints its table; its arguments are those of the full run.
GROUPS: dict[str, list[str]] = {
    "published": ["benchmarks.published", "--seconds", "300", "--workers", "2"],
    "variants": ["benchmarks.variants", "--seconds", "60", "--workers", "2"],
    "headline": ["benchmarks.headline", "--seconds", "30", "--workers", "2"],
    "vocabulary": ["benchmarks.vocabulary"],
    "conventions": ["benchmarks.convention", "S", "M", "L", "XL"],
    "conventions, tight": ["benchmarks.convention", "S", "M", "L", "XL", "--tight"],
    "conventions, late and early": ["benchmarks.convention", "S", "M", "L", "XL", "--correlated"],
    "impossible": ["benchmarks.impossible", "S", "M", "L", "XL"],
    "repair": ["benchmarks.repair", "S", "M", "L", "XL"],
    "paper": ["benchmarks.paper"],
    "api": ["benchmarks.api"],
    "scaling": ["benchmarks.scaling"],
    "editing": ["benchmarks.editing", "600", "20000"],
    "monolith": ["benchmarks.monolith", "S", "M", "--seconds", "60"],
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the benchmarks and print their tables.")
    parser.add_argument("groups", nargs="*", default=list(GROUPS), choices=GROUPS)
    for group in parser.parse_args().groups:
        print(f"## {group}\n", flush=True)
        subprocess.run([sys.executable, "-m", *GROUPS[group]], check=True)
        print(flush=True)


if __name__ == "__main__":
    main()
