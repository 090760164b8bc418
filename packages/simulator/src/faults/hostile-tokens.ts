/** What an answer may hold that should stay text wherever it is shown. */
export const hostileTokens: string[] = [
  '<script>alert(1)</script>',
  '<img src="http://127.0.0.1:9/pixel" onerror="alert(1)">',
  '![pixel](http://127.0.0.1:9/pixel)',
  '[click](javascript:alert(1))',
  '\u001b[2J\u001b]0;title\u0007\u001b]8;;http://127.0.0.1:9/\u001b\\',
  '\u202egnp.exe\u202c\u2066\u200b\u00ad',
  '\u0000\u0001\u007f\u0085\u2028\u2029',
  '\n\ndata: [DONE]\n\nevent: error\ndata: {"error":"injected"}\n\n',
  '=HYPERLINK("http://127.0.0.1:9/")',
  'e\u0301\u0301\u0301\u0301\u0301\u0301 👩‍👩‍👧‍👦 ﷽',
  '{"type":"finish","reason":"stop"}',
  '__proto__ constructor toString',
]
