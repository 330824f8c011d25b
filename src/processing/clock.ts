export interface Clock {
  /** Resolves when the round that was under way has ended; no new one begins. */
  stop(): Promise<void>;
}

/** Does `act` every `ms`, one round at a time, beginning at once where `soon` says so. */
export function every(
  ms: number,
  act: () => Promise<void>,
  onError: (error: unknown) => void,
  { soon = false } = {},
): Clock {
  let round: Promise<void> | null = null;
  const begin = () => {
    round ??= act()
      .catch(onError)
      .finally(() => {
        round = null;
      });
  };
  if (soon) begin();
  const timer = setInterval(begin, ms);
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
