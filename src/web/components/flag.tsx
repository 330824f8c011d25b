/** Red, orange, yellow, green, blue, violet: the six stripes. */
const STRIPES = ['#e40303', '#ff8c00', '#ffed00', '#008026', '#24408e', '#732982'];
const HEIGHT = 36;

/** The rainbow flag in the wind, drawn: no picture of anybody. */
export function Flag() {
  return (
    <svg class="flag" viewBox="0 0 400 300" aria-hidden="true">
      {STRIPES.map((color, index) => (
        <path key={color} d={wave(40 + index * HEIGHT)} fill={color} />
      ))}
    </svg>
  );
}

/** One stripe; a hair higher than its step, so that no gap shows between two of them. */
function wave(y: number): string {
  const bottom = y + HEIGHT + 0.5;
  return `M0 ${y}c70-44 130-44 200 0s130 44 200 0V${bottom}c-70 44-130 44-200 0s-130-44-200 0Z`;
}
