/** Values by name, of `maxBytes` together: what was set longest ago goes first. */
export function openBounded<Value>(maxBytes: number, sizeOf: (value: Value) => number) {
  const kept = new Map<string, Value>();
  let bytes = 0;

  function drop(name: string): void {
    const value = kept.get(name);
    if (value !== undefined) bytes -= sizeOf(value);
    kept.delete(name);
  }

  return {
    get: (name: string) => kept.get(name),
    drop,

    /** Keeps a value as the newest; one that is too large by itself is not kept. */
    set(name: string, value: Value): void {
      drop(name);
      kept.set(name, value);
      bytes += sizeOf(value);
      for (const oldest of kept.keys()) {
        if (bytes <= maxBytes) return;
        drop(oldest);
      }
    },

    bytes: () => bytes,
  };
}
