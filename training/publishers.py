"""Publishers: one key for each, however its name or address is written, and the fold that it belongs to.

    key("https://www.harbour-post.co.uk/news/a.html") == key("The Harbour Post") == key("uk/HarbourPost") == "harbourpost"
    fold("harbourpost") -> 0 to 4, the same on every machine

All that a publisher wrote stands in one fold: what is measured on a fold is measured on publishers that nothing was learnt from.
A key that two publishers share costs little, one publisher with two keys makes figures too good: so the rules would rather merge.
"""

import re

import shared

#: Last parts of a host's name that say nothing of who it is: countries and kinds of sites …
DOMAINS = frozenset(
    """ae ag al am ar at au az ba bd be bg bo br by ca cat ch cl cn co cr cy cz de dk dz ec ee eg es eu fi fr ge gh gr gt hk hr hu id ie
    il in io ir is it jo jp ke kr kz lb li lk lt lu lv ma me mk mt mx my ng nl no np nz pe ph pk pl pt py qa ro rs ru sa se sg si sk th
    tk tn tr tv tw tz ua uk us uy uz ve vn za biz blog com edu gov info live media net news online org press site world""".split()
)
#: … and those of services where many write, with what a stored page is called.
SERVICES = frozenset("blogspot github go htm html livejournal medium over-blog substack tumblr typepad wordpress".split())
#: First parts of a host's name: editions, languages, sections.
EDITIONS = frozenset("amp archiv blog blogs de edition en es fr m mobile money news noticias pt rss ru text".split())
WORLD_WIDE_WEB = re.compile(r"www\d?")
#: Ends of names that have lost their dot, longest first.
GLUED = sorted("at ch com comau combr couk de es fr it net nl org pl ru uk us".split(), key=len, reverse=True)
#: So much of a name must be left.
LEAST = 4


def key(name):
    """The key of a publisher: small letters and digits. Of an address what counts is the host, of "de/Name" the name."""
    name = re.sub(r"^https?://", "", name.strip().lower())
    host, slash, path = name.partition("/")
    if slash:
        name = path if re.fullmatch(r"[a-z]{2,4}", host) else host
    name = re.sub(r"(_\d[\d_]*)?(\.html?)?(\.gz)?$", "", name)
    while "." in name and is_edition(name.partition(".")[0]):
        name = name.partition(".")[2]
    parts = [part for part in name.split(".") if part]
    while len(parts) > 1 and parts[-1] in DOMAINS | SERVICES:
        parts.pop()
    name = re.sub(r"[^a-z0-9]", "", parts[-1] if parts else "")
    name = re.sub(r"html?$", "", name)
    if name.startswith("the") and len(name) >= len("the") + LEAST:
        name = name.removeprefix("the")
    while end := next((end for end in GLUED if name.endswith(end) and len(name) >= len(end) + LEAST), ""):
        name = name.removesuffix(end)
    return name


def is_edition(part):
    return part in EDITIONS or WORLD_WIDE_WEB.fullmatch(part) is not None


def fold(name, folds=shared.FOLDS):
    """The fold of a publisher, by its key: a number from 0."""
    return shared.drawn(key(name), folds)
