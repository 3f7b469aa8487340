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
# # A lecturer: a question, a figure and a page of exercises
#
# **A question of the slides is computed, and the verdict says whether the printed answer holds.** Nobody types it in.

# %%
from plasticity import quiz

(answered,) = quiz.ask(quiz.chosen(["weight-decreased-artificial"]))
answered

# %% [markdown]
# The same with a number of one's own, twenty pairings in place of four hundred: what a question lets one set stands
# under "settings".

# %%
(changed,) = quiz.ask(quiz.chosen(["weight-decreased-artificial"]), assignments=["n_pairings=20"])
print(f"as on the slide: {answered.verdict}; with 20 pairings: {changed.verdict}")

# %% [markdown]
# ## A figure for a slide
#
# An experiment is a question with a figure, its data, and claims that can fail. `quick=True` is the preset of
# seconds.

# %%
from plasticity import runs

run = runs.run("losses_and_outputs", quick=True)
run

# %% [markdown]
# As a file: the width of a slide, without the caption, or one panel alone. The caption is text, for the notes.

# %%
from plasticity.plots import Look

slide = run.figure("png", Look(size="slide", is_captioned=False))
print(f"{len(slide) / 1e3:.0f} kB, {run.caption[:80]}...")
# from pathlib import Path; Path("losses.png").write_bytes(slide)

# %% [markdown]
# ## Which rule shows what?
#
# For a lecture on frequency one wants a rule that explains it, and one that does not. Each is asked now, beside
# measured data.

# %%
from plasticity import RULES
from plasticity.studies import answers

for name in ("pair_stdp", "triplet_stdp"):
    found = {one.phenomenon.name: one.verdict for one in answers(RULES[name])}
    print(f"{name}: pairing frequency: {found['pairing frequency']}; triplets: {found['triplets']}")

# %% [markdown]
# ## A page of exercises
#
# Wrong options are what a misconception computes; the numbers are drawn from the seed, so that every group gets its
# own. In a terminal, for Moodle or as a page that works offline:
#
# ```text
# plasticity quiz spiking --export moodle --out spiking.xml --seed 7 --count 30
# plasticity quiz spiking --export html --out spiking.html --seed 7 --count 30 --lang he
# ```
