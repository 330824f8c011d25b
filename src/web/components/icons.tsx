/** Shapes beside words, never instead of them: hidden from screen readers. */
const SHAPES = {
  pass: 'M4 10.5 8.2 15 16 5.5',
  warn: 'M10 4v8M10 15.5v.5',
  back: 'M12.5 4 6.5 10l6 6',
  forward: 'M7.5 4l6 6-6 6',
  queue: 'M3 3.5h5v5H3zM12 3.5h5v5h-5zM3 12h5v5H3zM12 12h5v5h-5z',
  globe:
    'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M3 10h14M10 2.5c4 5 4 10 0 15c-4-5-4-10 0-15',
} as const;

export function Icon({ shape }: { shape: keyof typeof SHAPES }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path
        d={SHAPES[shape]}
        fill="none"
        stroke="currentColor"
        stroke-width="2.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
