"""Runs our workloads and the peers' in turn and prints the comparison; started by compare.sh, which says how.

Every run is one process, started by the peers' own measure.py: a run that had company on the machine is repeated, at
most three times, and the calmest counts. A ratio is the median of the rounds' ratios, so that a machine that is slow
for one round slows both sides of it.
"""
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile

PEERS_DIR, WORKLOADS = sys.argv[1], sys.argv[2:]
ROUNDS = int(os.environ.get("ROUNDS", "5"))
EPOCHS = os.environ.get("EPOCHS", "")
PY = os.environ["PY"]
OURS = "nn4j"
CORES = os.cpu_count()

# What tells that a peer is installed: a file under PEERS_DIR, or Python modules.
FILES = {
    "c-hand": "c/floor",
    "c-openblas": "c/floor",
    "pytorch-djl": "jvm/djl/target/lib",
    "dl4j-tuned": "jvm/dl4j/target/lib-linux-x86_64",
    "smile": "jvm/smile/target/lib",
    "tribuo": "jvm/tribuo/target/lib",
    "encog": "jvm/encog/target/lib",
}
MODULES = {
    "numpy-batch": "numpy, threadpoolctl",
    "pytorch-debian": "torch",
    "sklearn": "sklearn, threadpoolctl",
}
# The setting that made each peer fastest in its own tables; elsewhere its default was.
THREADS = {
    ("c-openblas", "W1"): "1",
    ("sklearn", "W1"): "1",
    ("pytorch-djl", "W1"): "1",
    ("pytorch-djl", "W2"): "1",
    ("smile", "W1"): "1",
    ("tribuo", "W2"): str(CORES),
    ("tribuo", "W3"): str(CORES),
    ("dl4j-tuned", "W1"): "1",
    ("dl4j-tuned", "W2"): "omp1blas2",
    ("dl4j-tuned", "W3"): "omp1blas2",
    ("dl4j-tuned", "W4"): "1",
}


def installed(peer):
    if peer == "smile" and "JAVA25_HOME" not in os.environ:
        return False
    if peer in FILES:
        return os.path.exists(os.path.join(PEERS_DIR, FILES[peer]))
    return subprocess.run([PY, "-c", "import " + MODULES[peer]], stderr=subprocess.DEVNULL).returncode == 0


def peers_of(workload):
    asked = os.environ.get("PEERS", "").split() or [*FILES, *MODULES]
    unknown = set(asked) - {*FILES, *MODULES}
    if unknown:
        sys.exit(f"PEERS has {', '.join(sorted(unknown))}; there are {', '.join([*FILES, *MODULES])}")
    # The C program by hand knows the classic network alone.
    return [p for p in asked if installed(p) and not (p == "c-hand" and workload != "W1")]


def run(name, workload, seed):
    """One run of a workload: its figures, or nothing if it failed."""
    env = dict(os.environ, SEED=str(seed), SEEDS=str(seed))
    if name == OURS:
        java = ["java", *shlex.split(os.environ.get("JAVA_OPTS", "")), "-cp", os.environ["NN4J_CLASS_PATH"]]
        command = [PY, "measure.py", *java, "org.nn4j.benchmarks.Workloads", workload]
        command += [EPOCHS] if EPOCHS and workload != "W4" else []
    else:
        env["THREADS_LIST"] = THREADS.get((name, workload), "default")
        command = ["./run_peers.sh", workload, name]
    with tempfile.NamedTemporaryFile() as out:
        env["OUT"] = out.name
        done = subprocess.run(command, cwd=PEERS_DIR, env=env, capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines or "failed" in lines[-1]:
        print(f"{workload} {name} failed: {lines[-1] if lines else done.stderr[-500:]}", file=sys.stderr)
        return None
    return lines[-1]


def seconds(result):
    """The time of an epoch in a run; the first of many holds the JIT compiler's work, the median does not."""
    return statistics.median(result["epoch_s"])


def inference(batch):
    return lambda result: 1 / result[f"infer_b{batch}_per_s"]


def ratio(rounds, peer, time):
    both = [r for r in rounds if r.get(OURS) and r.get(peer)]
    return statistics.median(time(r[OURS]) / time(r[peer]) for r in both) if both else None


def number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def spread(values, form):
    low, high = min(values), max(values)
    return form(statistics.median(values)) + (f" ({form(low)} to {form(high)})" if low < high else "")


def table(workload, rounds, names, measures):
    header = ["library", "threads"]
    for label, *_ in measures:
        header += [label, "ours / theirs"]
    training = workload != "W4"
    header += ["first epoch s", "samples/s", "epochs"] if training else []
    header += ["test accuracy %", "peak MB", "others' CPUs"]
    print(f"\n### {workload}\n\n| " + " | ".join(header) + " |\n|" + " --- |" * len(header))
    for name in names:
        results = [r[name] for r in rounds if r.get(name)]
        if not results:
            print(f"| {name} | failed |" + " |" * (len(header) - 2))
            continue

        def median(key):
            return statistics.median(r[key] for r in results)

        setting = THREADS.get((name, workload), "default")
        used = results[0]["threads"]
        cells = [name, used if setting in (used, "default") else f"{setting} ({used})"]
        for _, time, shown in measures:
            cells.append(spread([shown(time(r)) for r in results], number))
            factor = ratio(rounds, name, time)
            cells.append("1" if name == OURS else "-" if factor is None else f"{factor:.2f}")
        if training:
            cells.append(number(statistics.median(r["epoch_s"][0] for r in results)))
            cells.append(number(60_000 / statistics.median(map(seconds, results))))
            cells.append(str(results[0]["epochs"]))
        cells += [f"{100 * median('test_acc'):.2f}", number(median("peak_rss_mb"))]
        cells.append(f"{max(r['other_cpus'] for r in results):.2f}")
        print("| " + " | ".join(cells) + " |")


def compare(workload):
    names = [OURS, *peers_of(workload)]
    rounds = []
    for seed in range(1, ROUNDS + 1):
        results = {}
        # Each round begins with another library, so that none always runs first.
        for i in range(len(names)):
            name = names[(i + seed - 1) % len(names)]
            print(f"{workload} round {seed} of {ROUNDS}: {name}", file=sys.stderr)
            results[name] = run(name, workload, seed)
        rounds.append(results)
    if workload == "W4":
        # Shown as samples a second, compared as times.
        measures = [(f"samples/s, batch {b}", inference(b), lambda time: 1 / time) for b in (1, 1000)]
        labels = ["W4-batch1", "W4-batch1000"]
    else:
        measures = [("s per epoch", seconds, lambda time: time)]
        labels = [workload]
    table(workload, rounds, names, measures)
    print()
    for label, (_, time, _) in zip(labels, measures):
        for peer in names[1:]:
            factor = ratio(rounds, peer, time)
            if factor is not None:
                print(f"{label} ours/{peer} {factor:.2f}")


def machine():
    try:
        with open("/proc/cpuinfo") as info:
            model = next(line.split(":")[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        model = "unknown processor"
    return f"{CORES} CPUs, {model}; rounds: {ROUNDS}, seeds 1 to {ROUNDS}"


unknown = set(WORKLOADS) - {"W1", "W2", "W3", "W4"}
if unknown:
    sys.exit(f"expected workloads W1 to W4, found {', '.join(sorted(unknown))}")
print(machine())
for each in WORKLOADS:
    compare(each)
