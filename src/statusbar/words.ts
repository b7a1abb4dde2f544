import type { Language, MessageKey, Translate } from '@celltrail/protocol/locales';
import { standing, type Standing } from '../standing.js';
import { OWN_PROBLEMS, type ICapture, type OutboxState } from '../tokens.js';

/** What the status bar and its explanation speak of. */
export interface Subject {
  capture: Pick<ICapture, 'capturing' | 'fault'>;
  outbox: OutboxState;
  endpoint: string;
}

/** What the item in the status bar shows and says. */
export interface ItemWords {
  standing: Standing;
  text: string;
  /** for screen readers */
  label: string;
}

/** One line of the explanation. */
export interface Row {
  id: MessageKey;
  term: string;
  text: string;
  /** an address or a name: it runs in a direction of its own */
  isolated: boolean;
}

/** What the item tells. */
export interface ItemFacts {
  standing: Standing;
  /** how many events wait, where that tells something */
  waiting: number;
  refused: number;
}

/** What the item tells of a subject: the standing, and what waits or was refused. */
export function itemFacts(subject: Subject): ItemFacts {
  const { waiting, refused, problem } = subject.outbox;
  const now = standing(subject);
  // While all is well, events wait for a moment with every cell: a count that flickers tells nothing.
  const isWell = (now === 'recording' && problem === null) || now === 'connecting';
  return { standing: now, waiting: isWell ? 0 : waiting, refused };
}

/** The words of the item. */
export function itemWords(t: Translate, { standing, waiting, refused }: ItemFacts): ItemWords {
  const counts = [
    waiting > 0 ? t('outbox.waiting', { count: waiting }) : '',
    refused > 0 ? t('outbox.refused', { count: refused }) : ''
  ].filter(Boolean);
  const state = t(`lab.${standing}`) + (counts.length > 0 ? ` (${counts.join(t('list.comma'))})` : '');
  return { standing, text: state, label: t('lab.item.label', { state }) };
}

/** The sentence that explains the standing. */
export function explanation(t: Translate, subject: Subject): string {
  return t(`explain.${standing(subject)}`);
}

/** The lines of the explanation, in their order. */
export function rows(t: Translate, language: Language, subject: Subject): Row[] {
  const { outbox, endpoint } = subject;
  const row = (id: MessageKey, text: string, isolated = false): Row => ({ id, term: t(id), text, isolated });
  const time = (at: number | null, none: MessageKey): string => (at === null ? t(none) : formatTime(at, language));
  return [
    row('explain.capture', captureText(t, subject.capture)),
    row('explain.server', endpoint, true),
    row('explain.reach', t(`explain.reach.${outbox.reach}`)),
    ...(outbox.problem === null ? [] : [problemRow(t, outbox.problem)]),
    ...(outbox.problem === null && outbox.others > 0
      ? [row('explain.problem', t('outbox.others', { count: outbox.others }))]
      : []),
    row('explain.username', outbox.username ?? t('explain.username.unknown'), outbox.username !== null),
    row('explain.waiting', t('explain.events', { count: outbox.waiting })),
    row(
      'explain.refused.count',
      t(outbox.refused > 0 ? 'explain.refused.kept' : 'explain.events', { count: outbox.refused })
    ),
    row('explain.lastStored', time(outbox.lastStoredAt, 'explain.lastStored.never')),
    row('explain.nextTry', time(outbox.nextTryAt, 'explain.nextTry.none'))
  ];
}

// What the outbox calls by a name of its own has words; what the server or the browser said is shown as it was said.
function problemRow(t: Translate, problem: string): Row {
  const own = OWN_PROBLEMS.find(name => name === problem);
  const text = own ? t(`explain.problem.${own}`) : problem;
  return { id: 'explain.problem', term: t('explain.problem'), text, isolated: !own };
}

function captureText(t: Translate, { capturing, fault }: Subject['capture']): string {
  if (!capturing) return t('explain.capture.off');
  return fault === null ? t('explain.capture.on') : t('explain.capture.fault', { reason: fault });
}

// Persian readers get their own calendar and digits.
function formatTime(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}
