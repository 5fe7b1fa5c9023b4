#!/usr/bin/env bash
# What the two 1000-node, 33-hour runs cost. Run by hand: it takes as long as they do, up to two hours.
exec bash "$(dirname "${BASH_SOURCE[0]}")/measure" rc-17 rc-17-fixed
