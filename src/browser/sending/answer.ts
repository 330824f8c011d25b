/** An answer of the service; status 0 when the connection broke before there was one. */
export interface Answer {
  status: number;
  body: unknown;
  /** Seconds the service asks to wait. */
  retryAfter: number;
}

/** One try to send. */
export interface Upload {
  answer: Promise<Answer>;
  abort(): void;
}
