import { useEffect, useState } from 'react';

/** Whole seconds left until a moment. Counts by the clock, so a sleeping tab does not lag behind. */
export function useCountdown(): { seconds: number; start: (seconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  const running = seconds > 0;

  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [running]);

  const start = (wait: number): void => {
    const from = Date.now();
    setNow(from);
    setUntil(from + wait * 1000);
  };
  return { seconds, start };
}
