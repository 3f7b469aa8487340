  function window(ready, lags, { n_pairs = 60, rate = 1, w0 } = {}) {
    const onsets = Float64Array.from({ length: n_pairs }, (_, i) => START + i / rate);
    return Float64Array.from(lags, (lag) => {
      check(Math.abs(lag) < 1 / rate, `a lag of ${lag} s does not fit between pairings ${1 / rate} s apart`);
      const later = (by) => onsets.map((onset) => onset + Math.max(by, 0));
      return ready.change({ pre: later(-lag), post: later(lag) }, w0);
    });
  }

  // A rule with its numbers in place; what asks it again and again keeps it.
  function readied(rule, parameters = {}, bounds = rule.bounds) {
    const numbers = Object.fromEntries(rule.parameters.map(({ name, value }) => [name, value]));
    for (const [name, value] of Object.entries(parameters)) {
      const known = rule.parameters.find((parameter) => parameter.name === name);
      check(known, `${rule.name} has no parameter '${name}'; it has ${Object.keys(numbers).join(", ")}`);
      check(value >= known.least && value <= known.most, `${name} is ${value}; ${known.least} to ${known.most} is allowed`);
      numbers[name] = value;
    }
    const [lower, upper] = bounds, isFree = lower === -Infinity && upper === Infinity, [least, most] = rule.within;
    check(lower < upper, `bounds from ${lower} to ${upper}: the lower must be less than the upper`);
    const isFine = isFree || (lower >= least && upper <= most);
    check(isFine, `the changes of ${rule.name} were written for bounds within ${least} and ${most}; or give none`);
    check(!rule.isSoft || isFree || upper - lower < Infinity, `${rule.name} has soft bounds; both are finite, or none`);
    const kit = kitOf(rule.name, lower, upper, rule.isOwnSide);
    const ready = { rule, kit, made: (isFree && rule.unbounded ? rule.unbounded : rule.make)(numbers, kit) };
    ready.made.delays.forEach((delay, k) => kit.inside(`the delay of ${rule.events[k]}`, delay, 0, LATEST));
    ready.startOf = (w0 = Math.min(Math.max(ready.made.start[0], lower), upper)) => {
      check(w0 >= lower && w0 <= upper && Math.abs(w0) < HUGE, `a weight of ${w0}; ${lower} to ${upper} is allowed`);
      return w0;
    };
    ready.run = (trains, w0) => run(ready, trains, w0);
    ready.at = (found, times) => at(ready, found, times);
    ready.change = (trains, w0) => follow(ready, trains, w0)[0] - ready.startOf(w0);
    ready.window = (lags, options) => window(ready, lags, options);
    ready.ledger = (trains, w0) => (ready.made.pairs ? pairLedger : instantLedger)(ready, trains, w0);
    ready.flow = (state, dt) => {
      const values = Float64Array.from(rule.variables, (name) => state[name]);
      if (dt > 0) ready.made.advance(values, dt);
      return Object.fromEntries(rule.variables.map((name, k) => [name, values[k]]));
    };
    return ready;
  }
  function ruleOf(record) {
    const rule = { ...record, ready: (parameters, bounds) => readied(rule, parameters, bounds) };
    for (const what of ["run", "ledger", "change"]) {
      rule[what] = (trains, w0, parameters, bounds) => rule.ready(parameters, bounds)[what](trains, w0);
    }
    rule.flow = (state, dt, parameters, bounds) => rule.ready(parameters, bounds).flow(state, dt);
    return rule;
  }
  const rules = {};
  const add = (record) => (rules[record.name] = ruleOf(record));
  return { rules, add, step, flowing };
})();
