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
