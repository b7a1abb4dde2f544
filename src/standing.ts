import type { ICapture, OutboxState } from './tokens.js';

/** How recording stands, in one word. */
export type Standing =
  'recording' | 'off' | 'connecting' | 'unreachable' | 'refused' | 'expired' | 'full' | 'storage' | 'fault';

/** What a standing follows from. */
export interface StandingParts {
  capture: Pick<ICapture, 'capturing' | 'fault'>;
  outbox: Pick<OutboxState, 'reach' | 'full'>;
}

const BY_REACH: Readonly<Record<OutboxState['reach'], Standing>> = {
  unknown: 'connecting',
  reachable: 'recording',
  unreachable: 'unreachable',
  refused: 'refused',
  expired: 'expired',
  storage: 'storage'
};

/** The one thing a person must know first: that nothing is recorded, that something is missed, then how delivery stands. */
export function standing({ capture, outbox }: StandingParts): Standing {
  if (!capture.capturing) return 'off';
  if (capture.fault !== null) return 'fault';
  if (outbox.full && outbox.reach !== 'storage') return 'full';
  return BY_REACH[outbox.reach];
}
