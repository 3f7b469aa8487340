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
# # A student: what happens to this synapse?
#
# **It grows.** The presynaptic neuron fires at 10 and 30 ms, the postsynaptic one at 15 and 35 ms, each time just
# after it. A spike that helped to cause the next one is rewarded: that is spike-timing-dependent plasticity (STDP).

# %%
from plasticity import RULES, ask

rule = RULES["pair_stdp"]
question = ask.Question(rule, pre=[0.010, 0.030], post=[0.015, 0.035])  # seconds
ask.answer(question)

# %% [markdown]
# Three of the four pairs have the presynaptic spike first, and raise the weight. One, from 30 ms back to 15 ms, has
# it last, and lowers the weight. The table is the whole reason: its rows sum to the change.
#
# ## What if the first postsynaptic spike came earlier?
#
# Move it from 15 to 8 ms, before the presynaptic spike at 10 ms. Guess first: which pair turns its sign?

# %%
moved = ask.answer(ask.altered(question, move=["post:1:-7ms"]))
print(f"as it was {ask.answer(question).dw:+.4f}, moved {moved.dw:+.4f}")
moved

# %% [markdown]
# The pair (10, 15) strengthened by 0.0039; now it is (10, 8), and weakens by 0.0048. The order decides the sign, the
# lag the size.
#
# ## What if the synapse remembered longer?
#
# `tau_plus` is how long a presynaptic spike waits for a postsynaptic one. Twice as long lets distant pairs count for
# more.

# %%
from plasticity import with_parameters

patient = with_parameters(rule, tau_plus=0.040)
for one in (rule, patient):
    told = ask.answer(ask.Question(one, question.pre, question.post))
    print(f"tau_plus = {one.values['tau_plus'] * 1e3:.0f} ms: {told.dw:+.5f}")

# %% [markdown]
# ## The window
#
# All lags at once: 60 pairs, one a second, at each lag. Right of zero the presynaptic spike comes first.

# %%
import matplotlib.pyplot as plt
import numpy as np

from plasticity import window

lags = np.linspace(-0.1, 0.1, 201)
figure, axes = plt.subplots(figsize=(6, 3))
for one, name in ((rule, "20 ms"), (patient, "40 ms")):
    axes.plot(lags * 1e3, window(one, lags), label=f"tau_plus = {name}")
axes.axhline(0, color="grey", linewidth=0.5)
axes.set(xlabel="t_post - t_pre (ms)", ylabel="change of the weight (w_max)")
_ = axes.legend()

# %% [markdown]
# ## Biological and artificial
#
# A biological weight cannot turn negative: an excitatory synapse stays excitatory, and what would go below zero is
# cut off. The weight of an artificial neuron has no such bound. Both see the same 400 pairs, the postsynaptic spike
# always first:

# %%
from plasticity import final_weight, protocols, unbounded

late = protocols.pairing(-0.010, n_pairs=400)
clamped = final_weight(rule, late.pre, late.post, w0=0.5)
free = final_weight(unbounded(rule), late.pre, late.post, w0=0.5)
print(f"biological: {clamped:.3f}, artificial: {free:.3f}")

# %% [markdown]
# The biological synapse is silent, and that is all it can be. The artificial one is now inhibitory.
#
# ## Try it
#
# 1. At which lag does one pair change the weight most? (Look at the window before you compute.)
# 2. Ask `RULES["triplet_stdp"]` the first question. Why does it answer otherwise?
# 3. Let both neurons fire at the same instant: `pre=[0.010], post=[0.010]`. What does the rule do, and would you?
