import type { Problem } from '../report/report.ts';
import { type FirstPage, isFolderListing } from './first-page.ts';

/** What a login page of a network holds. */
const LOGIN_PAGE =
  /<input[^<>]+type=["']?password|captive|hotspot|log ?in to (the|this) network|wi-?fi/i;

/**
 * Whether a network's login page came in place of the mirror: status 511 (RFC 6585, 6), a web page from another host than was
 * asked, or one that wants a login. Undefined when the answer may well be the mirror's.
 */
export function detectCaptivePortal(page: FirstPage, root: URL): Problem | undefined {
  const isPage = /\bhtml\b/i.test(page.contentType) || /^\s*<(!doctype )?html/i.test(page.text);
  const elsewhere = page.url.hostname !== root.hostname;
  const isPortal =
    page.status === 511 ||
    (page.status === 200 &&
      isPage &&
      !isFolderListing(page) &&
      (elsewhere || LOGIN_PAGE.test(page.text)));
  if (!isPortal) return undefined;
  const title = /<title[^<>]*>([^<]{1,100})/i.exec(page.text)?.[1]?.trim();
  const quoted = title === undefined ? '' : `, titled "${title}"`;
  return {
    reason: 'captive-portal',
    message: `A login page came in place of the mirror${quoted}: a captive portal of this network.`,
    found:
      `HTTP ${page.status} ${page.statusText}`.trim() + (elsewhere ? ` from ${page.url.host}` : ''),
    hint: 'Log in to the network, set HTTPS_PROXY if it has a proxy, or run where the mirror is reached directly.',
  };
}
