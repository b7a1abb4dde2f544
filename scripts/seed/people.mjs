import { randomOf } from './random.mjs';

const FIRST = 'sara reza mina ali neda omid leila hamid zahra mehdi parisa arash nasrin kaveh shirin babak elham farhad roya siamak maryam davood golnaz iman yasaman peyman azadeh behnam samira vahid'.split(' '); // prettier-ignore
const LAST = 'ahmadi karimi mousavi rahimi hosseini jafari sadeghi moradi akbari rostami ghasemi nazari bahrami tehrani shirazi kazemi ebrahimi yazdani farahani zand'.split(' '); // prettier-ignore
const FOLDERS = ['reports', 'تحلیل', 'risk', 'fraud', 'گزارش‌ها', 'models', 'drafts', 'آموزش', 'settlement', 'ops'];
const NAMES = [
  'daily-volume', 'تراکنش‌های مشکوک', 'merchant-segments', 'فروش ماهانه', 'churn', 'features', 'settlement-check',
  'Untitled', 'بررسی خطا', 'forecast', 'eda', 'کارمزد', 'terminal-health', 'training', 'dashboard-data', 'notes'
]; // prettier-ignore

/**
 * @typedef {object} Person
 * @property {string} username
 * @property {number} pace how much they run, where 1 is usual
 * @property {number} begins hour of the day, in Tehran, at which they usually begin
 * @property {number} hours how long they usually stay
 * @property {number} care how seldom their cells fail, where 1 is usual
 * @property {string[]} notebooks the ones used most come first
 * @property {string} kernel
 * @property {'habit' | 'night' | 'storm' | 'cards' | 'flood' | 'explorer'} story what becomes of them in the last week
 */

/** The company's people. @param {number} count @param {number} seed @returns {Person[]} */
export function makePeople(count, seed) {
  return Array.from({ length: count }, (_, number) => {
    const random = randomOf(seed, 'person', number);
    const name = `${FIRST[number % FIRST.length]}.${LAST[Math.floor(number / FIRST.length) % LAST.length]}`;
    const again = Math.floor(number / (FIRST.length * LAST.length));
    const notebooks = Array.from({ length: random.whole(3, 24) }, (_, i) => {
      const suffix = i > 5 ? `-${i}` : '';
      return `${random.pick(FOLDERS)}/${random.pick(NAMES)}${suffix}.ipynb`;
    });
    return {
      username: again ? `${name}${again + 1}` : name,
      pace: Math.min(8, random.long(0.8, 0.7)),
      begins: 7.5 + Math.max(-1.5, Math.min(4, random.normal())),
      hours: 7 + 1.5 * random.next(),
      care: random.long(1, 0.35),
      notebooks: [...new Set(notebooks)],
      kernel: random.chance(0.06) ? 'ir' : 'python3',
      story: STORIES.get(number % 40) ?? 'habit'
    };
  });
}

/** One of forty each: what a reviewer should come upon. */
const STORIES = new Map([
  [7, 'night'],
  [11, 'flood'],
  [13, 'explorer'],
  [17, 'storm'],
  [27, 'cards']
]);
