import { type Page } from '../../store/pages.js';
import { judge as judgeCapture } from './capture.js';
import { judge as judgeExtension } from './extension.js';
import { judge as judgeKeeping } from './keeping.js';
import { judge as judgeOutbox } from './outbox.js';

const page = (change: Partial<Page> = {}): Page => ({
  username: 'ali',
  extension_version: '0.1.0',
  lab_version: '4.6.0',
  capturing: true,
  fault: null,
  browser_id: null,
  keeping: 'disk',
  waiting: 0,
  refused: 0,
  last_seen: '2026-11-24T10:00:00.000Z',
  secondsAgo: 5,
  ...change
});

describe('the look at the extension', () => {
  it('has nothing to judge before a page reports, and after the last one closed', () => {
    expect(judgeExtension([])).toMatchObject({ ok: null, fix: 'open_lab', figures: { minutes: null } });
    expect(judgeExtension([page({ secondsAgo: 3600 })])).toMatchObject({
      ok: null,
      figures: { count: 0, minutes: 60 }
    });
  });

  it('is content when every open page records', () => {
    expect(judgeExtension([page(), page({ extension_version: '0.2.0' })])).toEqual({
      ok: true,
      figures: { count: 2, version: '0.1.0, 0.2.0', minutes: 0 }
    });
  });

  it('tells how many open pages do not record', () => {
    const pages = [page(), page({ capturing: false }), page({ capturing: false, secondsAgo: 3600 })];
    expect(judgeExtension(pages)).toMatchObject({ ok: false, fix: 'turn_capture_on', figures: { count: 1 } });
  });
});

describe('the look at capture', () => {
  it('has nothing to judge before a page reports, and after the last one closed', () => {
    expect(judgeCapture([])).toMatchObject({ ok: null, fix: 'open_lab' });
    expect(judgeCapture([page({ fault: 'bypassed', secondsAgo: 3600 })])).toMatchObject({ ok: null });
  });

  it('is content when no open page that records reports a fault', () => {
    const pages = [page(), page({ capturing: false, fault: 'bypassed' }), page({ fault: 'x', secondsAgo: 3600 })];
    expect(judgeCapture(pages)).toEqual({ ok: true, figures: { count: 1 } });
  });

  it('tells how many open pages are faulty, and each reason once', () => {
    const pages = [page({ fault: 'bypassed' }), page({ fault: 'no-connect-to' }), page({ fault: 'bypassed' }), page()];
    expect(judgeCapture(pages)).toEqual({
      ok: false,
      figures: { count: 3, reasons: 'bypassed; no-connect-to' },
      fix: 'mend_capture'
    });
  });
});

describe('the look at what browsers keep', () => {
  it('has nothing to judge before an open page tells', () => {
    expect(judgeKeeping([])).toMatchObject({ ok: null });
    expect(judgeKeeping([page({ keeping: null }), page({ keeping: 'memory', secondsAgo: 3600 })])).toMatchObject({
      ok: null
    });
  });

  it('is content when every open page keeps on disk', () => {
    expect(judgeKeeping([page(), page()])).toEqual({ ok: true, figures: { count: 2 } });
  });

  it('tells whose browsers keep nothing, and which fix comes first', () => {
    const pages = [page({ keeping: 'memory' }), page({ keeping: 'memory', username: 'sara' }), page()];
    expect(judgeKeeping(pages)).toEqual({
      ok: false,
      figures: { count: 2, people: 'ali, sara' },
      fix: 'allow_storage'
    });
    expect(judgeKeeping([page({ keeping: 'full' })])).toMatchObject({ ok: false, fix: 'empty_outbox' });
  });
});

describe('the look at unsent events', () => {
  it('counts two browsers of one person apart', () => {
    const [a, b] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
    const pages = [page({ browser_id: a, waiting: 0 }), page({ browser_id: b, waiting: 3, secondsAgo: 3600 })];
    expect(judgeOutbox(pages)).toMatchObject({ ok: false, figures: { waiting: 3, browsers: 1, people: 'ali' } });
  });

  it('has nothing to judge before a page reports', () => {
    expect(judgeOutbox([])).toMatchObject({ ok: null });
  });

  it('does not mind what an open page is about to send', () => {
    expect(judgeOutbox([page({ waiting: 3 })])).toMatchObject({ ok: true });
  });

  it('tells what a page that went quiet left behind', () => {
    const pages = [page({ waiting: 3, secondsAgo: 3600 }), page({ username: 'sara', waiting: 2, secondsAgo: 7200 })];
    expect(judgeOutbox(pages)).toEqual({
      ok: false,
      fix: 'send_waiting',
      figures: { waiting: 5, refused: 0, browsers: 2, people: 'ali, sara' }
    });
  });

  it('counts an outbox that several pages share once, by its latest word', () => {
    const pages = [page({ waiting: 0 }), page({ waiting: 3, secondsAgo: 3600 })];
    expect(judgeOutbox(pages)).toMatchObject({ ok: true });
  });

  it('tells what was refused, on open pages too', () => {
    expect(judgeOutbox([page({ refused: 1 })])).toMatchObject({
      ok: false,
      fix: 'see_refused',
      figures: { refused: 1 }
    });
  });
});
