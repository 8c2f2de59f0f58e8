"""How long one picture takes to draw: `python -m tests.bench.bench_charts`."""

from time import perf_counter

from tests.core.chart_samples import PICTURES

LABELS = [f"{name} {n}" for n in range(1, 4) for name in ("Retail banks", "医院分诊", "Education")]
NUMBERS = [4, 2.5, 3, 1, 5, 2, 4.5, 3.5, 1.5]
ROUNDS = 200


def main() -> None:
    for name, draw in PICTURES.items():
        draw(LABELS, NUMBERS)
        start = perf_counter()
        for _round in range(ROUNDS):
            picture = draw(LABELS, NUMBERS)
        took = (perf_counter() - start) / ROUNDS * 1000
        print(f"{name:16}{took:7.2f} ms {len(picture.svg) / 1000 if picture else 0:6.1f} kB")


if __name__ == "__main__":
    main()
