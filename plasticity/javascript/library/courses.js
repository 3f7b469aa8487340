  // From trains to the variables behind the last instant; `sees` is told of every instant, before and behind it.
  function follow(ready, given, w0, sees) {
    const { rule, kit, made } = ready, { times, events } = instants(rule, given, made.delays);
    const values = Float64Array.from(made.start), begins = made.begins === null ? times[0] : made.begins;
    values[0] = ready.startOf(w0);
    check(made.begins === null || !(times[0] < begins + INSTANT), `${rule.name} imagines a spike at 0 s; all come later`);
    if (sees) sees.start(times, events, values, begins);
    let last = begins;
    for (let i = 0; i < times.length; i++) {
      kit.now = times[i];
      if (times[i] > last) made.advance(values, times[i] - last);
      if (sees) sees.before(i, values);
      made.jump(values, events[i]);
      if (sees) sees.after(i, values);
      last = times[i];
    }
    return values;
  }

  // The same, of which everything is kept: what an instant finds, and what it leaves.
  function run(ready, given, w0) {
    const { rule, kit } = ready, kept = {}, hasPre = rule.events[0] === "pre";
    const named = (values) => Object.fromEntries(rule.variables.map((name, k) => [name, values[k]]));
    let columns;
    follow(ready, given, w0, {
      start: (times, events, values, begins) => {
        const [before, clipped, sent] = [0, 0, NaN].map((value) => new Float64Array(times.length).fill(value));
        columns = rule.variables.map(() => new Float64Array(times.length));
        Object.assign(kept, { times, events, before, weights: columns[0], clipped, sent, begins });
        Object.assign(kept, { state: named(columns), start: named(values), end: values[0] });
      },
      before: (i, values) => {
        kept.before[i] = values[0];
        kit.lost = 0;
      },
      after: (i, values) => {
        kept.clipped[i] = kit.lost;
        if (hasPre && kept.events[i] & 1) kept.sent[i] = kit.sent;
        for (let k = 0; k < columns.length; k++) columns[k][i] = values[k];
        kept.end = values[0];
      },
    });
    return kept;
  }

  // All variables at some times, each as just before what comes then.
  function at(ready, found, times) {
    const names = ready.rule.variables, kept = names.map(() => new Float64Array(times.length));
    const values = new Float64Array(names.length), columns = names.map((name) => found.state[name]);
    for (let i = 0; i < times.length; i++) {
      let low = 0, high = found.times.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (found.times[middle] < times[i]) low = middle + 1;
        else high = middle;
      }
      const since = low ? found.times[low - 1] : found.begins;
      for (let k = 0; k < names.length; k++) values[k] = low ? columns[k][low - 1] : found.start[names[k]];
      if (times[i] > since) ready.made.advance(values, times[i] - since);
      for (let k = 0; k < names.length; k++) kept[k][i] = values[k];
    }
    return Object.fromEntries(names.map((name, k) => [name, kept[k]]));
  }
