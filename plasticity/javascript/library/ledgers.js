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
