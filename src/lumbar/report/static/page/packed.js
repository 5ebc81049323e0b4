// Numbers come packed (report/figure.py: pack): varints of 1 + zigzag(change since the row before); 0 is unseen.
function unpack(text, columns, step) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const numbers = [], last = new Int32Array(columns);
  let code = 0, shift = 0;
  for (const byte of bytes) {
    code |= (byte & 127) << shift;
    shift += 7;
    if (byte & 128) continue;
    const column = numbers.length % columns, zigzag = code - 1;
    if (code) last[column] += (zigzag >>> 1) ^ -(zigzag & 1);
    numbers.push(code ? last[column] * step : NaN);
    code = shift = 0;
  }
  return Float32Array.from(numbers);
}

// The last row that was shown at a time; half a millisecond forgives rounding.
function rowAt(times, time) {
  let low = 0, high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle] <= time + 0.0005) low = middle;
    else high = middle - 1;
  }
  return low;
}
