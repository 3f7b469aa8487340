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
