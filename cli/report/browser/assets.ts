/** What runs in the page: plain files, which are put into it. The build copies them beside the bundled command line. */
import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
/** A page from a disk may load no module, so they become one script with one scope. */
const joined = (name: string) =>
  read(name)
    .replaceAll(/^import .*;$/gm, '')
    .replaceAll(/^export /gm, '');

/** In this order; each after those that it imports. */
const SCRIPTS = [
  'report-times.js',
  'report-elements.js',
  'report-pager.js',
  'report-table.js',
  'report-lists.js',
];
/** What comes later is stronger. */
const STYLES = [
  'report-page.css',
  'report-tables.css',
  'report-lists.css',
  'report-narrow.css',
  'report-paper.css',
];

export const PAGE_STYLE: string = `\n${STYLES.map(read).join('\n')}`;
export const PAGE_SCRIPT: string = `\n'use strict';\n${SCRIPTS.map(joined).join('\n')}`;
