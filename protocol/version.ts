/** The version of the wire contract. It rises when a reader of the old one would misread the new. */
export const PROTOCOL_VERSION = 1;

/** Versions a server of this build understands, newest first. */
export const SUPPORTED_VERSIONS: readonly number[] = [1];

/**
 * Whether a server of this build can read a batch of that version. A newer one is answered
 * `protocol-unsupported` with the list of supported versions; its sender keeps the events and tries again
 * later, because an older server is a passing state of a rollout, not a fault of the event.
 */
export function isSupportedVersion(version: number): boolean {
  return SUPPORTED_VERSIONS.includes(version);
}
