import sys
from pathlib import Path

import numpy as np
from learn import load, looked

from lumbar.motion import reader as R


def read(path):
    import numpy as np

    h = np.load(path)
    a = {k: h[k].astype(float) for k in h.files}
    return R.Reader(
        tuple(
            R.Net(
                a["middle"],
                a["size"],
                tuple(a[f"weight_{n}_{l}"] for l in range(int(a["layers"]))),
                tuple(a[f"bias_{n}_{l}"] for l in range(int(a["layers"]))),
            )
            for n in range(int(a["nets"]))
        )
    )


r = read(sys.argv[2])
d = load(Path(sys.argv[1]), "tune")
rng = np.random.default_rng(1)
truth = np.stack([d["lumbar_rad"], d["thoracic_rad"]], -1)
for st in (0.0, 1.0):
    f, v = looked(d, rng, st)
    print("strength", st, "unread", np.isnan(f[..., 0]).mean().round(3))
    for name, a, b in (
        ("pull vs stand", [4, 5, 6, 9, 10, 11], [0]),
        ("pull vs set-up", [4, 5, 6], [3]),
        ("pull vs other rep set-up", [9, 10, 11], [3]),
    ):
        for lo, hi in ((60, 80), (80, 100), (100, 120), (120, 145)):
            k = np.flatnonzero((d["view_deg"] >= lo) & (d["view_deg"] < hi))
            E = []
            S = []
            for i in k:
                for t in a:
                    for s in b:
                        if np.isfinite(f[i, t, 0]) and np.isfinite(f[i, s, 0]):
                            c, sd = r.change(f[i, t][None], f[i, s][None], v[i])
                            E.append(c[0] - (truth[i, t] - truth[i, s]))
                            S.append(sd[0])
            if not E:
                continue
            E = np.degrees(E)
            S = np.degrees(S)
            print(
                f"  {name:26s} {lo}-{hi} n{len(E)} lumbar MAE {np.abs(E[:, 0]).mean():.1f} bias {E[:, 0].mean():+.1f} p95 {np.percentile(np.abs(E[:, 0]), 95):.1f} sd {S[:, 0].mean():.1f} z {np.std(E[:, 0] / S[:, 0]):.2f}| thor MAE {np.abs(E[:, 1]).mean():.1f}"
            )
