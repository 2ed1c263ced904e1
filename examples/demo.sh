#!/bin/sh
# Shows copydesk at work on the articles beside this file: labels, clean text, fields.
set -eu
here=$(dirname "$0")
copydesk=${COPYDESK:-copydesk}
rule() { printf '\n\033[1m── %s ──\033[0m\n' "$1"; }
for article in wire-story captions-and-shares live-blog german spanish; do
    file=$here/$article.txt
    rule "$article.txt: every line and what it is"
    "$copydesk" inspect "$file"
    rule "$article.txt: the clean text"
    "$copydesk" clean "$file"
    rule "$article.txt: the fields"
    "$copydesk" clean --json "$file" | ${PYTHON:-python3} -c '
import json, sys
document = json.load(sys.stdin)
for name in ("title", "deck", "byline", "published", "updated", "dateline", "captions", "lang", "verdict"):
    if document[name]:
        print(f"{name:9} ", json.dumps(document[name], ensure_ascii=False))
'
done
