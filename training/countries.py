#!/usr/bin/env python3
"""Scores the countries and regions of datelines against training/countries.jsonl.

Usage: countries.py [--wrong]

A row labels one place of a dateline in ../shared/data/datelines/modern.dev.jsonl: its record (the first 12 digits of the
SHA-1 of the record's id), its place in the order written, and where it lies, as a reader of the story knows it; null where
nobody can say. Skips without ../shared.
"""
import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "datelines" / "modern.dev.jsonl"


def main():
    if not DATA.exists():
        print(f"skipped: {DATA} is not here")
        return
    import copydesk

    with open(DATA, encoding="utf-8") as lines:
        records = {hashlib.sha1(record["id"].encode()).hexdigest()[:12]: record for record in map(json.loads, lines)}
    with open(ROOT / "training" / "countries.jsonl", encoding="utf-8") as lines:
        labels = [json.loads(line) for line in lines]
    country = region = found = given = regions = 0
    for label in labels:
        parsed = copydesk.parse_dateline(records[label["record"]]["text"])
        places = parsed.places if parsed else []
        if len(places) <= label["place"]:
            continue
        place = places[label["place"]]
        found += 1
        country += place.country == label["country"]
        if place.region:
            given += 1
            region += place.region == label["region"]
        regions += label["region"] is not None and place.region == label["region"]
        if "--wrong" in sys.argv and place.country != label["country"]:
            print(f"{place.name!r}, {place.qualifier!r}: {place.country}, labelled {label['country']}")
    with_region = sum(label["region"] is not None for label in labels)
    print(
        f"places {len(labels)}, found {found}, country right {country / found:.4f}; "
        f"regions given {given}, right {region / max(1, given):.4f}, of {with_region} labelled {regions / with_region:.4f}"
    )


if __name__ == "__main__":
    main()
