/* Runs in a browser, whose parser says what a feed is. */

/** What is wrong with a feed by the rules of RSS 2.0, and what it says. */
globalThis.readRss = (xml) => {
  const problems = [];
  const feed = new DOMParser().parseFromString(xml, 'application/xml');
  const textOf = (parent, name) =>
    [...parent.children].find((child) => child.nodeName === name)?.textContent ?? '';
  if (feed.querySelector('parsererror')) problems.push(feed.documentElement.textContent ?? '');
  if (feed.documentElement.getAttribute('version') !== '2.0') problems.push('version');
  const channel = feed.querySelector('channel');
  if (!channel || feed.querySelectorAll('channel').length !== 1) problems.push('channel');
  const items = [...feed.querySelectorAll('item')].map((item) => {
    if (!textOf(item, 'title') && !textOf(item, 'description'))
      problems.push('neither title nor text');
    if (item.querySelector('guid')?.getAttribute('isPermaLink') !== 'false') problems.push('guid');
    const html = new DOMParser().parseFromString(textOf(item, 'description'), 'text/html');
    const elements = [...html.body.querySelectorAll('*')];
    for (const { localName, attributes } of elements) {
      if (!['p', 'a', 'img', 'br'].includes(localName)) problems.push(`<${localName}>`);
      for (const { name } of attributes) {
        if (!['href', 'src', 'alt', 'width', 'height'].includes(name)) problems.push(name);
      }
    }
    if (html.head.childElementCount > 0) problems.push('something in the head');
    const media = [...item.children].filter(({ namespaceURI }) => namespaceURI?.includes('mrss'));
    if (media.length !== 2) problems.push('media');
    return {
      guid: textOf(item, 'guid'),
      pubDate: textOf(item, 'pubDate'),
      addresses: [
        textOf(item, 'link'),
        ...media.map((element) => element.getAttribute('url') ?? ''),
        ...elements.flatMap((element) =>
          ['href', 'src'].flatMap((name) => element.getAttribute(name) ?? []),
        ),
      ],
      text: html.body.textContent ?? '',
    };
  });
  const self = channel && [...channel.children].find((child) => child.nodeName === 'atom:link');
  return {
    problems,
    items,
    channel: {
      title: channel ? textOf(channel, 'title') : '',
      link: channel ? textOf(channel, 'link') : '',
      description: channel ? textOf(channel, 'description') : '',
      self: self?.getAttribute('href') ?? '',
    },
  };
};
