import { useMemo } from 'react';
import { type Analytics } from '@celltrail/protocol';
import { useWords } from '../../shell/language.js';

/** Writes the moments of a graph in its time zone: short for its line, in full for its table. */
export function useMoments(
  step: Analytics['step'],
  tz: string
): { tick: (at: string) => string; moment: (at: string) => string } {
  const { language } = useWords();
  return useMemo(() => {
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    const day = { day: 'numeric', month: 'short' } as const;
    const short = new Intl.DateTimeFormat(language, { timeZone: tz, ...(step === 'hour' ? clock : day) });
    const full = new Intl.DateTimeFormat(language, {
      timeZone: tz,
      ...day,
      year: 'numeric',
      weekday: 'short',
      ...(step === 'hour' ? clock : {})
    });
    return { tick: at => short.format(new Date(at)), moment: at => full.format(new Date(at)) };
  }, [language, step, tz]);
}
