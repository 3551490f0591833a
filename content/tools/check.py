"""Checks the content folder: units, courses, lists, plans. Prints counts; ends with an error on any mistake.

    python3 content/tools/check.py

Python 3.11 or newer, standard library only.
"""

import csv
import re
import sys
import tomllib
import xml.etree.ElementTree as xml
from pathlib import Path

CONTENT = Path(__file__).resolve().parent.parent
UNITS = {"08": 124, "19": 92, "22": 54, "24": 99, "25": 148}
PLAN_ROWS = {"19": ("TN", 14), "22": ("QN", 24), "24": ("BN", 22), "25": ("PT", 7), "08": ("TQ", 10)}
LIST_SIZES = {"staff_categories": 5, "ethnic_groups": 54}
KINDS = {"xa": "Xã ", "phuong": "Phường ", "dac_khu": "Đặc khu "}
ITEM_KINDS = {"choice", "multiple", "text", "order", "match"}
QUALIFIERS = {"at_least", "about", "exactly", "more_than", "nearly"}
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PICTURE_BYTES, FILM_BYTES = 6 * 1024, 600 * 1024

mistakes = []
ids = {}


def main():
    units = check_units()
    bodies = check_bodies()
    rows = check_plans()
    courses, lessons, items = check_courses(rows)
    lists, entries = check_lists()
    print(f"units    {units} communes, {bodies} standard bodies")
    print(f"courses  {courses} courses, {lessons} lessons, {items} items")
    print(f"lists    {lists} lists, {entries} entries")
    print(f"plans    {len(rows)} rows")
    for mistake in mistakes:
        print(f"mistake: {mistake}", file=sys.stderr)
    sys.exit(1 if mistakes else 0)


def wrong(where, what):
    mistakes.append(f"{where}: {what}")


def load(path):
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        wrong(path.relative_to(CONTENT), error)
        return {}


def both(where, value, what):
    """`value` must be a table with a Vietnamese and an English text."""
    if not isinstance(value, dict) or not value.get("vi") or not value.get("en"):
        wrong(where, f"{what} needs vi and en")


def claim(where, identity):
    """A UUIDv7 that nothing else in the content has."""
    if not isinstance(identity, str) or not UUID7.fullmatch(identity):
        wrong(where, f"id {identity!r} is not a UUIDv7")
    elif identity in ids:
        wrong(where, f"id {identity} is already used in {ids[identity]}")
    else:
        ids[identity] = where


# --- units ---


def check_units():
    seen = {}
    for province, expected in UNITS.items():
        path = CONTENT / "units" / f"{province}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if rows and list(rows[0]) != ["code", "kind", "name", "aliases"]:
            wrong(path.name, "the header must be code,kind,name,aliases")
        if len(rows) != expected:
            wrong(path.name, f"{len(rows)} units, expected {expected}")
        short = set()
        for row in rows:
            prefix = KINDS.get(row["kind"])
            if prefix is None or not row["name"].startswith(prefix):
                wrong(path.name, f"{row['code']}: kind {row['kind']} and name {row['name']} disagree")
                continue
            name = row["name"].removeprefix(prefix)
            if name in short:
                wrong(path.name, f"{row['code']}: a second {name}")
            short.add(name)
            for code in [row["code"], *filter(None, row["aliases"].split(";"))]:
                if not re.fullmatch(r"\d{5}", code):
                    wrong(path.name, f"{code}: a code has five digits")
                if code in seen:
                    wrong(path.name, f"{code} stands for two units")
                seen[code] = name
    return sum(UNITS.values())


def check_bodies():
    data = load(CONTENT / "units" / "departments.toml")
    keys = set()
    for body in [*data.get("province", []), *data.get("commune", [])]:
        where = f"departments.toml {body.get('key')}"
        both(where, body.get("name"), "name")
        if body.get("kind") not in data.get("kinds", {}):
            wrong(where, f"unknown kind {body.get('kind')}")
        if body.get("key") in keys:
            wrong(where, "the key is used twice")
        if not set(body.get("for", [])) <= set(KINDS):
            wrong(where, "unknown kind of commune in `for`")
        keys.add(body.get("key"))
    return len(keys)


# --- plans and lists ---


def check_plans():
    rows = {}
    units = {entry.get("key") for entry in load(CONTENT / "lists" / "measure_units.toml").get("entries", [])}
    audiences = {group.get("code") for group in load(CONTENT / "plans" / "audiences.toml").get("audiences", [])}
    for province, (prefix, expected) in PLAN_ROWS.items():
        path = CONTENT / "plans" / f"{province}.toml"
        data = load(path)
        plan = data.get("plan", {})
        both(path.name, plan.get("title"), "plan.title")
        source = data.get("source", {})
        if not source.get("publisher") or not source.get("url", "").startswith("https://"):
            wrong(path.name, "the source needs a publisher and a url")
        found = data.get("rows", [])
        names = [row.get("id") for row in found]
        if names != [f"{prefix}-{number:02}" for number in range(1, expected + 1)]:
            wrong(path.name, f"rows must be {prefix}-01 to {prefix}-{expected:02} in order, found {names}")
        for row in found:
            where = f"{path.name} {row.get('id')}"
            both(where, row.get("title"), "title")
            both(where, row.get("audience"), "audience")
            if row.get("kind") not in ("target", "actual"):
                wrong(where, "kind must be target or actual")
            both(where, row.get("period"), "period")
            if not row.get("measure") or row.get("unit") not in units:
                wrong(where, "measure is missing, or the unit is not in lists/measure_units.toml")
            if "value" in row and not re.fullmatch(r"\d+(\.\d+)?", row["value"]):
                wrong(where, f"value {row['value']!r} is not a decimal number as text")
            if "value" in row and row.get("qualifier") not in QUALIFIERS:
                wrong(where, f"a value needs a qualifier, not {row.get('qualifier')}")
            if "value" not in row and not row.get("note"):
                wrong(where, "without a value a note must say why")
            if not set(row.get("of", [])) <= set(names):
                wrong(where, f"`of` names {row['of']}, which is not in this plan")
            if row.get("note"):
                both(where, row["note"], "note")
            if (row.get("kind") == "target") != ("here" in row):
                wrong(where, "a target, and only a target, says what is made of it in [rows.here]")
            if row.get("baseline_of", row.get("id")) not in names:
                wrong(where, f"`baseline_of` names {row['baseline_of']}, which is not in this plan")
            check_here(where, row.get("here", {}), names, audiences)
            rows[row.get("id")] = row
    return rows


def check_here(where, here, names, audiences):
    """What the program makes of a target is made of things that are there."""
    if not here:
        return
    if not here.get("kind"):
        wrong(where, "here.kind is missing")
    if (here.get("kind") == "figure") != ("why" in here):
        wrong(where, "a figure, and only a figure, says why")
    for key in ("why", "note", "criterion"):
        if key in here:
            both(where, here[key], f"here.{key}")
    if here.get("audience", "") not in audiences | {""}:
        wrong(where, f"audience {here['audience']} is not in plans/audiences.toml")
    for slug in here.get("courses", []):
        if not (CONTENT / "courses" / slug / "course.toml").is_file():
            wrong(where, f"course {slug} is not there")
    if not set(here.get("bases", [])) <= set(names):
        wrong(where, f"here.bases names {here['bases']}, which is not in this plan")
    if not set(here.get("missing", [])) <= {"courses", "audience", "due", "unit_kind"}:
        wrong(where, f"unknown choice in here.missing: {here['missing']}")


def check_lists():
    count = entries = 0
    for path in sorted((CONTENT / "lists").glob("*.toml")):
        data = load(path)
        count += 1
        both(path.name, data.get("title"), "title")
        if not data.get("source"):
            wrong(path.name, "the source is missing")
        keys = [entry.get("key") for entry in data.get("entries", [])]
        if not keys or len(keys) != len(set(keys)):
            wrong(path.name, "entries are missing or a key is used twice")
        for entry in data.get("entries", []):
            both(f"{path.name} {entry.get('key')}", entry.get("name"), "name")
            if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", entry.get("key", "")):
                wrong(path.name, f"key {entry.get('key')!r} must be a-z, 0-9 and _")
        if path.stem in LIST_SIZES and len(keys) != LIST_SIZES[path.stem]:
            wrong(path.name, f"{len(keys)} entries, expected {LIST_SIZES[path.stem]}")
        entries += len(keys)
    if count == 0:
        wrong("lists", "no lists")
    return count, entries


# --- courses ---


def check_courses(rows):
    courses = lessons = items = 0
    for folder in sorted(path for path in (CONTENT / "courses").iterdir() if path.is_dir()):
        course = load(folder / "course.toml")
        if not course:
            continue
        courses += 1
        where = folder.name
        claim(where, course.get("id"))
        if course.get("slug") != folder.name or not SLUG.fullmatch(folder.name):
            wrong(where, "the slug must be the folder's name")
        for key in ("title", "summary", "audience", "review"):
            both(where, course.get(key), key)
        if not isinstance(course.get("version"), int) or not 0 < course.get("pass_percent", 0) <= 100:
            wrong(where, "version or pass_percent is missing")
        for target in course.get("targets", []):
            if target not in rows:
                wrong(where, f"target {target} is in no plan")
        for source in course.get("sources", []):
            if not source.get("title") or not (source.get("url") or source.get("legal")) or not source.get("accessed"):
                wrong(where, f"a source needs title, url or legal, and accessed: {source}")
        if not course.get("sources"):
            wrong(where, "no sources")
        plan = course.get("lessons", [])
        if sum(lesson.get("minutes", 0) for lesson in plan) != course.get("minutes"):
            wrong(where, "minutes is not the sum of the lessons")
        if course.get("minutes") != 45 * course.get("tiet", 0):
            wrong(where, "minutes is not 45 times tiet")
        used, kinds, expected = set(), set(), {"course.toml"}
        for number, lesson in enumerate(plan, start=1):
            claim(where, lesson.get("id"))
            both(where, lesson.get("title"), "lesson title")
            stem = f"{number:02}-{lesson.get('slug')}"
            expected |= {f"{stem}.md", f"{stem}.en.md"}
            vi, en = read_lesson(folder, f"{stem}.md", used), read_lesson(folder, f"{stem}.en.md", used)
            compare(f"{where} {stem}", vi, en)
            for item in vi["items"]:
                claim(f"{where} {stem}", item.get("id"))
                kinds.add(item.get("kind"))
            lessons += 1
            items += len(vi["items"])
        if len(kinds) < 2:
            wrong(where, "a course uses at least two kinds of item")
        check_files(folder, expected, used)
    return courses, lessons, items


def read_lesson(folder, name, used):
    where = f"{folder.name}/{name}"
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        wrong(where, error)
        return {"steps": [], "items": [], "films": [], "pictures": []}
    steps = [step.strip() for step in re.split(r"^---$", text, flags=re.M)]
    if not 5 <= len(steps) <= 8:
        wrong(where, f"{len(steps)} steps, expected 5 to 8")
    items, films, pictures = [], [], []
    for step in steps:
        heading = step.split("\n", 1)[0]
        if not re.fullmatch(r"## \S.*", heading) or len(re.findall(r"^#", step, flags=re.M)) != 1:
            wrong(where, f"a step starts with one ## heading: {heading[:40]!r}")
        if len(re.findall(r"^```", step, flags=re.M)) % 2:
            wrong(where, f"{heading}: a fenced block is not closed")
        prose = re.sub(r"^```.*?^```", "", step, flags=re.M | re.S)
        if len(prose.split()) > 190:
            wrong(where, f"{heading}: {len(prose.split())} words, too long for a minute")
        found = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", prose)
        if len(found) > 1:
            wrong(where, f"{heading}: more than one picture")
        for alt, path in found:
            if len(alt) < 10:
                wrong(where, f"{path}: say what the picture shows")
            pictures.append(path)
        for kind, body in re.findall(r"^```(\w+)\n(.*?)^```", step, flags=re.M | re.S):
            try:
                block = tomllib.loads(body)
            except tomllib.TOMLDecodeError as error:
                wrong(where, f"{heading}: {error}")
                continue
            if kind == "item":
                check_item(where, block)
                items.append(block)
            elif kind == "video":
                check_film(where, folder, block)
                films.append(block)
            else:
                wrong(where, f"{heading}: unknown block {kind}")
    if len(items) < 4:
        wrong(where, f"{len(items)} items, expected at least 4")
    used |= set(pictures)
    for film in films:
        used |= {film.get("src"), film.get("poster"), *film.get("captions", {}).values()}
    return {"steps": steps, "items": items, "films": films, "pictures": pictures}


def check_item(where, item):
    where = f"{where} {item.get('id')}"
    kind = item.get("kind")
    if kind not in ITEM_KINDS or not item.get("stem") or not isinstance(item.get("version"), int):
        wrong(where, "kind, stem or version is missing")
    feedback = item.get("feedback", {})
    if not feedback.get("right") or not feedback.get("wrong"):
        wrong(where, "feedback.right and feedback.wrong are needed")
    if kind in ("choice", "multiple"):
        options = item.get("options", [])
        right = [option for option in options if option.get("correct") is True]
        if len(options) < 3 or len({option.get("id") for option in options}) != len(options):
            wrong(where, "at least three options with different ids")
        if not right or (kind == "choice" and len(right) != 1):
            wrong(where, f"{len(right)} right options")
        if any(not option.get("text") or not option.get("feedback") or "correct" not in option for option in options):
            wrong(where, "each option needs text, correct and feedback")
    elif kind == "text" and not item.get("accept"):
        wrong(where, "accept is missing")
    elif kind == "order" and len(set(item.get("items", []))) < 3:
        wrong(where, "an order needs three different items")
    elif kind == "match":
        pairs = item.get("pairs", [])
        if len(pairs) < 3 or any(len(pair) != 2 for pair in pairs):
            wrong(where, "a match needs three pairs of two")
        elif any(len({pair[side] for pair in pairs}) != len(pairs) for side in (0, 1)):
            wrong(where, "two sides of a match are the same")


def check_film(where, folder, film):
    captions = film.get("captions", {})
    if not film.get("transcript") or set(captions) != {"vi", "en"} or not film.get("poster"):
        wrong(where, "a film needs poster, captions.vi, captions.en and transcript")
    for path in captions.values():
        if (folder / path).is_file() and not (folder / path).read_text(encoding="utf-8").startswith("WEBVTT\n"):
            wrong(where, f"{path} is not a WebVTT file")


def compare(where, vi, en):
    """The two languages of a lesson have the same shape; only words differ."""
    for part in ("steps", "items", "films", "pictures"):
        if len(vi[part]) != len(en[part]):
            wrong(where, f"{len(vi[part])} {part} in Vietnamese, {len(en[part])} in English")
    for left, right in zip(vi["items"], en["items"]):
        if shape(left) != shape(right):
            wrong(where, f"item {left.get('id')} differs between the languages: {shape(left)} and {shape(right)}")


def shape(item):
    options = [(option.get("id"), option.get("correct")) for option in item.get("options", [])]
    sizes = [len(item.get(key, [])) for key in ("items", "pairs")]
    return item.get("id"), item.get("version"), item.get("kind"), options, sizes


def check_files(folder, expected, used):
    """Every file that is named is there, and every file that is there is named."""
    where = folder.name
    for path in sorted(filter(None, used)):
        if not (folder / path).is_file():
            wrong(where, f"{path} is missing")
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or name in expected:
            continue
        if name not in used:
            wrong(where, f"{name} is used nowhere")
        size = path.stat().st_size
        if path.suffix == ".svg":
            root = xml.parse(path).getroot()
            if size > PICTURE_BYTES or not root.tag.endswith("svg") or root.find("{*}title") is None:
                wrong(where, f"{name}: an SVG with a title, at most {PICTURE_BYTES} bytes")
        elif path.suffix in (".webm", ".mp4") and size > FILM_BYTES:
            wrong(where, f"{name}: {size} bytes, at most {FILM_BYTES}")
    if len(list((folder / "media").glob("*.svg"))) < 2:
        wrong(where, "at least two pictures")


if __name__ == "__main__":
    main()
