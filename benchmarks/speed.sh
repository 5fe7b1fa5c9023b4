#!/usr/bin/env bash
# What quickstart costs, three times over so that the spread shows: time with report, processor time per message, memory.
exec bash "$(dirname "${BASH_SOURCE[0]}")/measure" quickstart quickstart quickstart
