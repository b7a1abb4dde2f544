import { BUCKETS, bucketOf, eachPacked, percentiles } from '../../store/analytics/sketch.js';
import { addTally, emptyTally, tallyOf, type Counted, type Tally } from '../../store/analytics/tally.js';

/** Figures of a group of executions as an answer tells them. */
export interface Durations {
  executions: number;
  errors: number;
  success_rate: number | null;
  average_ms: number | null;
  median_ms: number | null;
  p95_ms: number | null;
  p99_ms: number | null;
}

/** Figures of a group while they are added up. */
export class Sum {
  readonly tally: Tally = emptyTally();
  /** by bucket of a sketch */
  readonly times = new Float64Array(BUCKETS);
  readonly waits = new Float64Array(BUCKETS);

  /** Adds figures that are kept. */
  add(kept: Tally & { times?: Buffer; waits?: Buffer }): void {
    addTally(this.tally, kept);
    if (kept.times) addPacked(this.times, kept.times);
    if (kept.waits) addPacked(this.waits, kept.waits);
  }

  /** Adds one execution. @param sign -1: takes it away */
  count(row: Counted, sign: 1 | -1): void {
    addTally(this.tally, tallyOf(row, sign));
    if (row.execution_time_ms !== null) this.times[bucketOf(row.execution_time_ms)]! += sign;
    if (row.queued_ms !== null) this.waits[bucketOf(row.queued_ms)]! += sign;
  }

  /** What is told of it. */
  durations(): Durations {
    const { executions, succeeded, failed, timed, total_ms } = this.tally;
    const [median_ms, p95_ms, p99_ms] = percentiles(this.times, [0.5, 0.95, 0.99]) as [number, number, number];
    return {
      executions,
      errors: failed,
      success_rate: rate(succeeded, succeeded + failed),
      average_ms: rate(total_ms, timed),
      median_ms,
      p95_ms,
      p99_ms
    };
  }
}

/** Sums by name, made when they are first asked for. */
export class Sums<Name> extends Map<Name, Sum> {
  of(name: Name): Sum {
    const known = this.get(name) ?? new Sum();
    this.set(name, known);
    return known;
  }
}

/** A part of a whole; null of nothing. */
export function rate(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

/** Adds durations that were packed by size. */
export function addPacked(counts: Float64Array, packed: Buffer): void {
  eachPacked(packed, (bucket, count) => (counts[bucket]! += count));
}
