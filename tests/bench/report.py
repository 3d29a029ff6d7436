"""The table in the README, between its two markers."""

BEGIN, END = "<!-- benchmarks: written by packaging/bench, do not edit by hand -->", "<!-- /benchmarks -->"


def table(result):
    machine = result["machine"]
    lines = [f"{machine['date']}, {machine['processor']}, {machine['cores']} cores, {machine['system']}"
             + (" (quick run: not for publishing)" if result["quick"] else "")
             + (f"; the machine was busy when it began (load {machine['load']:.1f})" if machine["load"] > 1 else ""), "",
             "| what | Lanmu | beside it | goal | met |", "|---|---|---|---|---|"]
    for row in result["rows"]:
        met = {True: "yes", False: "**no**", None: ""}[row["met"]]
        lines.append(f"| {row['what']} | {row['ours']} | {row['beside']} | {row['goal']} | {met} |")
    return "\n".join(lines)


def write(path, result):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if BEGIN not in text or END not in text:
        raise SystemExit(f"{path} has no place for the table ({BEGIN})")
    head, rest = text.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{head}{BEGIN}\n{table(result)}\n{END}{tail}")
