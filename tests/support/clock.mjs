// Loaded into the service before anything else (`--import`, see shifted.ts): its clock is wrong by
// as many milliseconds as stand in the file `clock`.
import { readFileSync } from 'node:fs';

const { Date: Real } = globalThis;

function now() {
  try {
    return Real.now() + Number(readFileSync('clock', 'utf8'));
  } catch {
    return Real.now();
  }
}

globalThis.Date = new Proxy(Real, {
  construct: (target, args, made) => Reflect.construct(target, args.length ? args : [now()], made),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
