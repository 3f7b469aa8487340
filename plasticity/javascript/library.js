"use strict";
// Plasticity rules, printed from their records: closed forms from event to event, no time step, nothing loaded.
// Seconds and weights; times closer than a nanosecond are one instant. What each rule does stands in its function.
const plasticity = (() => {
  const INSTANT = 1e-9, HUGE = 1e300, LATEST = 2 ** 22, SMALLEST = 1e-15, START = 0.1;
  const step = (x) => (x > 0 ? 1 : x <= 0 ? 0 : x);
  const check = (isFine, sentence) => {
    if (!isFine) throw new Error(sentence);
  };

  // Trains as the synapse hears them: the times of its instants, and what comes in each, a bit an event.
  function instants(rule, given, delays) {
    for (const event of Object.keys(given)) {
      check(rule.events.includes(event), `${rule.name} hears no event '${event}'; it hears ${rule.events.join(", ")}`);
    }
    const trains = rule.events.map((event) => given[event] || []);
    const n = trains.reduce((sum, train) => sum + train.length, 0);
    const times = new Float64Array(n), events = new Int32Array(n), at = trains.map(() => 0);
    trains.forEach((train, k) => {
      for (let i = 0; i < train.length; i++) {
        const isFine = Math.abs(train[i]) < LATEST && !(i > 0 && train[i] - train[i - 1] < INSTANT);
        check(isFine, `the train of ${rule.events[k]} holds ${train[i]} s; rising times below 48 days are allowed`);
      }
    });
    let size = 0, head = -Infinity, last = -Infinity;
    for (let done = 0; done < n; done++) {
      let kind = -1, now = Infinity;
      for (let k = 0; k < trains.length; k++) {
        if (at[k] < trains[k].length && trains[k][at[k]] + delays[k] < now) {
          now = trains[k][at[k]] + delays[k];
          kind = k;
        }
      }
      at[kind]++;
      const joins = size > 0 && now - last < INSTANT && now - head < INSTANT && !(events[size - 1] & (1 << kind));
      if (joins) events[size - 1] |= 1 << kind;
      else {
        times[size] = head = now;
        events[size++] = 1 << kind;
      }
      last = now;
    }
    return { times: times.subarray(0, size), events: events.subarray(0, size) };
  }

  // What a rule's function is given beside its numbers: the weight's bounds, and who keeps a book of its changes.
  function kitOf(name, lower, upper, isOwnSide) {
    const kit = { lower, upper, book: null, shares: null, lost: 0, sent: NaN, now: 0 };
    kit.number = (what, value) => {
      check(Math.abs(value) < HUGE, `${what} of ${name} became ${value} at ${kit.now} s; check its parameters`);
      return value;
    };
    kit.inside = (what, value, low, high) => {
      check(value >= low && value <= high, `${what} of ${name} is ${value}; ${low} to ${high} is allowed`);
      return value;
    };
    kit.within = (what, value, before, low, high) => {
      kit.number(what, value);
      if (value > high && !(isOwnSide && value <= before)) return high;
      return value < low && !(isOwnSide && value >= before) ? low : value;
    };
    kit.change = (k, w, change) => {
      const free = w + change, after = kit.within("w", free, w, lower, upper);
      kit.lost += free - after;
      if (kit.book) kit.book(k, w, change, free, after);
      return after;
    };
    return kit;
  }

  // Sums of exponentials, heights[0] exp(-rates[0] t) + ..., with rising rates.
  const meanDecay = (x) => (x === 0 ? 1 : Math.expm1(x) / x);
  function heightAt(rates, heights, t) {
    let found = 0;
    for (let k = 0; k < rates.length; k++) found += heights[k] * Math.exp(-rates[k] * t);
    return found;
  }
  function integral(rates, heights, t) {
    let found = 0;
    for (let k = 0; k < rates.length; k++) found += heights[k] * t * meanDecay(-rates[k] * t);
    return found;
  }
  function driven(rates, heights, slope, t) {
    let found = 0;
    for (let k = 0; k < rates.length; k++) {
      const slower = Math.exp(Math.max(-rates[k], slope) * t);
      found += heights[k] * slower * t * meanDecay(-Math.abs(rates[k] + slope) * t);
    }
    return found;
  }
  const shifted = (rates, heights, t) =>
    t === 0 ? heights : heights.map((height, k) => height * Math.exp(-rates[k] * t));

  // Where such a sum changes its sign between 0 and `end`. Divided by its slowest one, its slope has one term less;
  // between two zeros of the slope there is one zero or none.
  function zeros(rates, heights, end) {
    const last = rates.length - 1;
    if (last < 1) return [];
    if (last === 1) {
      const crossing = Math.log(-heights[1] / heights[0]) / (rates[1] - rates[0]);
      return crossing > 0 && crossing < end ? [crossing] : [];
    }
    const later = rates.slice(1).map((rate) => rate - rates[0]);
    const turns = zeros(later, later.map((rate, k) => heights[k + 1] * rate), end), found = [];
    let low = 0;
    for (const high of [...turns, end]) {
      const zero = zeroBetween([0, ...later], heights, low, high);
      if (zero >= 0) found.push(zero);
      low = high;
    }
    return found;
  }
  // Newton's steps, which the ends keep from leaving, to the last bits; -1 where there is none.
  function zeroBetween(rates, heights, low, high) {
    const atLow = heightAt(rates, heights, low), atHigh = heightAt(rates, heights, high);
    if (!(atLow * atHigh < 0)) return -1;
    let t = (low + high) / 2;
    for (let tried = 0; tried < 200; tried++) {
      let height = 0, slope = 0;
      for (let k = 0; k < rates.length; k++) {
        const term = heights[k] * Math.exp(-rates[k] * t);
        height += term;
        slope -= rates[k] * term;
      }
      if (height === 0) return t;
      if (height > 0 === atHigh > atLow) high = t;
      else low = t;
      let after = t - height / slope;
      if (!(after > low && after < high)) after = (low + high) / 2;
      const isFound = Math.abs(after - t) <= 1e-16 * Math.abs(t);
      t = after;
      if (isFound) return t;
    }
    return t;
  }

  // A weight that flows as dw/dt = drive + slope*w, between bounds. Each sum has terms [factor, rate, distances,
  // switches]: a factor times how far those variables are from their rests, where those switches are on.
  function flowing(kit, { thresholds, drive, slope, aim }) {
    const sumOf = (terms, rates) => ({ rates, terms, at: terms.map((term) => rates.indexOf(term[1])) });
    const ratesOf = (terms) => [...new Set(terms.map((term) => term[1]))].sort((a, b) => a - b);
    const rates = ratesOf([...drive, ...slope]), limits = [kit.lower, kit.upper].filter(Number.isFinite);
    const sums = [drive, slope].map((terms) => sumOf(terms, rates));
    const hanging = thresholds.map((terms) => sumOf(terms, ratesOf(terms)));
    const isSteady = slope.every((term) => term[1] === 0);
    const heightsOf = (sum, away, isOn) => {
      const heights = sum.rates.map(() => 0);
      sum.terms.forEach(([factor, , distances, switches], k) => {
        let height = factor;
        for (const place of distances) height *= away[place];
        for (const place of switches) height *= isOn[place];
        heights[sum.at[k]] += height;
      });
      return heights;
    };
    const free = (w, pushed, pulled, length) => {
      if (!slope.length) return w + integral(rates, pushed, length);
      if (!isSteady) return aim + (w - aim) * Math.exp(integral(rates, pulled, length));
      const steady = pulled.reduce((sum, height) => sum + height, 0);
      return w * Math.exp(steady * length) + driven(rates, pushed, steady, length);
    };
    // Cut where the flow at a bound turns: in between a weight comes to a bound at most once, and stays there.
    const bounded = (w, pushed, pulled, length) => {
      const cuts = [];
      for (const limit of limits) cuts.push(...zeros(rates, pushed.map((height, k) => height + pulled[k] * limit), length));
      cuts.sort((a, b) => a - b).push(length);
      let low = 0;
      for (const high of cuts) {
        if (!(high > low)) continue;
        w = free(w, shifted(rates, pushed, low), shifted(rates, pulled, low), high - low);
        w = Math.min(Math.max(w, kit.lower), kit.upper);
        low = high;
      }
      return w;
    };
    return (w, away, age) => {
      const levels = hanging.map((sum) => heightsOf(sum, away, [])), cuts = [];
      hanging.forEach((sum, k) => cuts.push(...zeros(sum.rates, levels[k], age)));
      cuts.sort((a, b) => a - b).push(age);
      let low = 0;
      for (const high of cuts) {
        if (!(high > low)) continue;
        const middle = (low + high) / 2;
        const isOn = hanging.map((sum, k) => (heightAt(sum.rates, levels[k], middle) > 0 ? 1 : 0));
        const [pushed, pulled] = sums.map((sum) => shifted(rates, heightsOf(sum, away, isOn), low));
        w = bounded(w, pushed, pulled, high - low);
        low = high;
      }
      return kit.number("w", w);
    };
  }

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

  // The spikes of each event by themselves, in the order in which a run meets them.
  const spikesOf = (rule, found, k) => {
    const times = [];
    for (let i = 0; i < found.times.length; i++) if (found.events[i] & (1 << k)) times.push(found.times[i]);
    return times;
  };

  // What each pair of spikes did, as plasticity.events.ledger: every jump as the sum over the spikes of its traces.
  function pairLedger(ready, given, w0) {
    const { rule, kit, made } = ready, jumps = [];
    let shares = null;
    kit.shares = (k, lone, ...factors) => (shares = { lone, factors });
    kit.book = (k, w, change, free, after) => {
      const { event, seesNow, traces } = made.pairs[k], other = event === 0 ? 1 : 0;
      jumps.push({ event, other, traces, seesNow, w, change, free, after, now: kit.now, ...shares });
    };
    let found;
    try {
      found = run(ready, given, w0);
    } finally {
      kit.book = kit.shares = null;
    }
    const times = [0, 1].map((k) => spikesOf(rule, found, k)), trains = [0, 1].map((k) => given[rule.events[k]] || []);
    const seen = [0, 0], parts = [];
    let n = 0, largest = 0;
    for (const jump of jumps) {
      for (const k of [0, 1]) while (seen[k] < times[k].length && times[k][seen[k]] < jump.now) seen[k]++;
      const isWith = jump.seesNow && times[jump.other][seen[jump.other]] === jump.now;
      jump.seen = seen[jump.other] + (isWith ? 1 : 0);
      jump.own = seen[jump.event];
      jump.first = n;
      n += jump.seen;
      largest = Math.max(largest, Math.abs(jump.lone));
    }
    const share = new Float64Array(n);
    for (const { seen: end, first, other, traces, factors, now } of jumps) {
      traces.forEach(({ rate, amplitude, isNearest }, j) => {
        const factor = factors[j] * amplitude;
        if (factor === 0) return;
        for (let i = isNearest ? Math.max(end - 1, 0) : 0; i < end; i++) {
          share[first + i] += factor * Math.exp((now - times[other][i]) * rate);
        }
      });
    }
    for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(share[i]));
    return booked(found, trains, jumps, share, Math.max(SMALLEST * largest, Number.MIN_VALUE));
  }

  // The entries of all jumps in their order; the pairs below `least` together in a last one without times.
  function booked(found, trains, jumps, share, least) {
    const book = columns(share.length + jumps.length + 1);
    let dw = 0, clipped = 0, n = 0;
    for (const { event, other, own, seen, first, now, lone, w, change, free, after } of jumps) {
      const kept = after === free ? 1 : (after - w) / change, mine = trains[event][own], partners = trains[other];
      const add = (partner, whole) => book.add(now, event ? partner : mine, event ? mine : partner, whole * kept, whole);
      if (lone !== 0) add(NaN, lone);
      for (let i = 0; i < seen; i++) {
        const whole = share[first + i];
        if (Math.abs(whole) >= least) add(partners[i], whole);
        else if (whole !== 0) {
          dw += whole * kept;
          clipped += whole - whole * kept;
          n++;
        }
      }
    }
    const hasSmall = dw !== 0 || clipped !== 0;
    if (hasSmall) book.add(NaN, NaN, NaN, dw, dw + clipped);
    return book.found("pairs", found, hasSmall ? n : 0);
  }

  // Of other rules: what each instant did, and what flowed before it.
  function instantLedger(ready, given, w0) {
    const { rule } = ready, found = run(ready, given, w0), at = rule.events.map(() => 0);
    const book = columns(2 * found.times.length), [pre, post] = ["pre", "post"].map((event) => rule.events.indexOf(event));
    for (let i = 0; i < found.times.length; i++) {
      const now = found.times[i], dw = found.weights[i] - found.before[i];
      const flowed = found.before[i] - (i ? found.weights[i - 1] : found.start.w);
      const own = at.map((_, k) => (found.events[i] & (1 << k) ? given[rule.events[k]][at[k]++] : NaN));
      if (flowed !== 0) book.add(now, NaN, NaN, flowed, flowed);
      if (dw !== 0 || found.clipped[i] !== 0) book.add(now, own[pre], own[post], dw, dw + found.clipped[i]);
    }
    return book.found("instants", found, 0);
  }

  // Room for entries: when, the spikes as given, what was left, and what had been without bounds.
  function columns(most) {
    const [time, pre, post, dw, clipped] = [0, 1, 2, 3, 4].map(() => new Float64Array(most));
    let n = 0;
    const add = (now, one, other, left, whole) => {
      time[n] = now;
      pre[n] = one;
      post[n] = other;
      dw[n] = left;
      clipped[n++] = whole - left;
    };
    const found = (by, { start, end }, n_summed) => {
      const [t, a, b, c, d] = [time, pre, post, dw, clipped].map((column) => column.subarray(0, n));
      return { by, before: start.w, after: end, time: t, pre: a, post: b, dw: c, clipped: d, n_summed };
    };
    return { add, found };
  }

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
