#!/usr/bin/env bash
# Sourced by the scripts beside it.

into_page() { # page, name: puts standard input between <!-- NAME: begin --> and <!-- NAME: end -->, in place of what is there
    local page=$1 name=$2 text
    text=$(mktemp)
    cat >"$text"
    if ! grep -q "^<!-- $name: begin" "$page" || ! grep -q "^<!-- $name: end" "$page"; then
        echo "$page has no line <!-- $name: begin --> with a line <!-- $name: end --> after it" >&2
        return 2
    fi
    awk -v name="$name" -v text="$text" '
        index($0, "<!-- " name ": begin") == 1 { print; while ((getline line < text) > 0) print line; skip = 1; next }
        index($0, "<!-- " name ": end") == 1 { skip = 0 }
        !skip { print }' "$page" >"$page.next"
    cat "$page.next" >"$page"
    rm -f "$page.next" "$text"
}
