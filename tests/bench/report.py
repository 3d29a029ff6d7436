"""The table in the README, between its two markers."""

BEGIN, END = "<!-- benchmarks: written by packaging/bench, do not edit by hand -->", "<!-- /benchmarks -->"


def table(result):
    machine = result["machine"]
    head = [f"{machine['date']}, {machine['processor']}, {machine['cores']} cores, {machine['system']}"
            + (" (quick run: not for publishing)" if result["quick"] else "")
            + (f"; the machine was busy when it began (load {machine['load']:.1f})" if machine["load"] > 1 else ""), "",
            "| what | Lanmu | beside it | goal | met |", "|---|---|---|---|---|"]
    return "\n".join(head + [line(row) for row in result["rows"]])


def line(row):
    met = {True: "yes", False: "**no**", None: ""}[row["met"]]
    return f"| {row['what']} | {row['ours']} | {row['beside']} | {row['goal']} | {met} |"


def joined(before, result):
    """The table after a run of some parts: their rows stand in the place of the older ones, the other rows stay."""
    measured = {row["what"] for row in result["rows"]} | set(result["tried"])
    old = [text for text in before.splitlines() if text.startswith("| ")][1:]
    first = next((place for place, text in enumerate(old) if text[2:].split(" | ")[0] in measured), len(old))
    kept = [[text for text in part if text[2:].split(" | ")[0] not in measured] for part in (old[:first], old[first:])]
    return table({**result, "rows": []}) + "\n" + "\n".join(kept[0] + [line(row) for row in result["rows"]] + kept[1])


def write(path, result):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if BEGIN not in text or END not in text:
        raise SystemExit(f"{path} has no place for the table ({BEGIN})")
    head, rest = text.split(BEGIN, 1)
    before, tail = rest.split(END, 1)
    written = joined(before, result) if result["partial"] else table(result)
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{head}{BEGIN}\n{written}\n{END}{tail}")
