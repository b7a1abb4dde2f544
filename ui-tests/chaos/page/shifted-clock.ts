/** The channel by which the harness moves the clocks of a profile's pages and of their threads. */
export const CLOCK_CHANNEL = 'chaos-clock';

/** Moves `Date.now` of this thread as it is told; as text, because a worker's script gets it in front of its own. */
export const SHIFTED_CLOCK = `{
  const real = Date.now.bind(Date);
  let shift = 0;
  Date.now = () => real() + shift;
  new BroadcastChannel('${CLOCK_CHANNEL}').onmessage = ({ data }) => { shift = data; };
}
`;
