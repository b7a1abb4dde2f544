import { useMemo } from 'react';
import { ownTimeZone } from '../../format.js';
import { useParameters } from '../../shell/route.js';
import { dayOf, presetOf, readRange, type Range } from './range.js';

/** The range that the address says, and what changes it there. @param fallback days */
export function useRange(fallback: number): [Range, (range: Range) => void] {
  const { values, set } = useParameters();
  const ownZone = ownTimeZone();
  const now = new Date();
  const today = dayOf(now, ownZone); // a new day is another range, nothing else of the clock is
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `now` stands in `today`
  const range = useMemo(() => readRange(values, fallback, now, ownZone), [values, fallback, ownZone, today]);
  return [
    range,
    next => {
      const preset = presetOf(next, new Date());
      set({
        last: preset === null ? null : String(preset),
        from: preset === null ? next.from : null,
        to: preset === null ? next.to : null,
        tz: next.tz === ownZone ? null : next.tz
      });
    }
  ];
}
