# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A researcher: a rule of one's own, a fit, a sweep
#
# **A rule is ten lines of data.** This one is pair STDP whose depression grows with the weight. Equations, units and
# bounds are checked as it is made; the window, the drift and the picture follow from the record.

# %%
from plasticity.rules import Parameter, Rule, trace, weight

mine = Rule(
    name="mine",
    source="our choice",
    summary="potentiation that adds, depression that grows with the weight",
    parameters=(
        Parameter("A_plus", 0.01),
        Parameter("A_minus", 0.02),
        Parameter("tau_plus", 17e-3, "ms"),
        Parameter("tau_minus", 34e-3, "ms"),
    ),
    weight=weight({"pre": "-A_minus*w*r_post", "post": "A_plus*r_pre"}),
    state=(trace("r_pre", "pre", "tau_plus"), trace("r_post", "post", "tau_minus")),
)
mine

# %% [markdown]
# ## Is it computed right?
#
# The exact engine is compared with the definition of the rule, read aloud one event at a time, on random trains with
# coincidences and runs into the bounds. `"brian2"` in place of `"events"` compares with a simulation in Brian2.

# %%
from plasticity.verification import verified

finding = verified(mine, "events")
print(finding.status, f"largest difference {finding.difference:.1e}")

# %% [markdown]
# ## Fit it to data
#
# Bi and Poo measured the relative change of the weight against the lag, after 60 pairings at 1 Hz. Least squares over
# the amplitude and the time constant of potentiation gives both with their standard errors. The weight is in units of
# the one before, and has no bounds, which would cut the larger changes off. SciPy does the fit (`pip install scipy`).

# %%
import numpy as np
from scipy.optimize import curve_fit

from plasticity import RULES, unbounded, window, with_parameters
from plasticity.published import TABLES

table = TABLES["bipoo1998_points"]
is_first = table["delta_t_ms"] > 0  # pre before post
lags, measured = table["delta_t_ms"][is_first] * 1e-3, table["dw"][is_first]
free = unbounded(RULES["pair_stdp"])


def change(lags, A_plus, tau_plus):
    return window(with_parameters(free, A_plus=A_plus, tau_plus=tau_plus), lags)


values, covariance = curve_fit(change, lags, measured, p0=[0.01, 0.02])
errors = np.sqrt(np.diag(covariance))
print(f"A_plus = {values[0]:.4f} ± {errors[0]:.4f}, tau_plus = ({values[1] * 1e3:.1f} ± {errors[1] * 1e3:.1f}) ms")

# %% [markdown]
# Look at the errors before you use the numbers: the time constant is known to a half of itself. The points scatter:

# %%
import matplotlib.pyplot as plt

grid = np.linspace(0.001, 0.1, 200)
figure, axes = plt.subplots(figsize=(6, 3))
axes.plot(lags * 1e3, measured, "o", color="grey", label="measured")
axes.plot(grid * 1e3, change(grid, *values), label="fitted")
axes.set(xlabel="t_post - t_pre (ms)", ylabel="relative change")
_ = axes.legend()

# %% [markdown]
# ## A sweep with a band
#
# Does the mean weight after Poisson firing depend on the window of potentiation? Seven values, five seeds each; the
# band is one standard deviation over the seeds.

# %%
from plasticity import final_weight, runs


def after_firing(tau_plus, seed):
    rng = np.random.default_rng(seed)
    trains = [np.sort(rng.uniform(0.0, 10.0, 100)) for _ in range(20)]
    rule = with_parameters(mine, tau_plus=tau_plus)
    return {"weight": final_weight(rule, trains[:10], trains[10:], w0=0.5).mean()}


swept = runs.sweep(after_firing, {"tau_plus": np.linspace(0.010, 0.040, 7).tolist()}, seeds=5)
swept

# %% [markdown]
# ## Take it elsewhere
#
# `plasticity.export.exported(mine, "brian2")` is the rule as a Brian2 script that runs by itself. A manifest beside
# every run says versions, seeds and equations; `plasticity rerun FOLDER` says whether the same bits come out.
