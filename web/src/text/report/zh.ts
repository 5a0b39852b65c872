// 公众报告问题。
export const zh = {
  title: '报告问题',
  intro: (name: string) => `“${name}”有什么不对？`,
  what: {
    closed: '已经关闭',
    moved: '位置不对',
    hours: '开放时间不对',
    crossing: '这里过街危险',
    other: '其他',
  } as Record<string, string>,
  text: '再说两句（选填）',
  textHint: '不用写姓名和电话，也请不要写别人的。',
  noWhat: '请选一项',
  noText: '请写一句是什么问题',
  send: '发送',
  sent: '收到了，谢谢',
  sentHint: '负责的单位会看到。在这台设备上再打开这里，可以看到处理结果。',
  earlier: '你报告过的',
  state: { open: '等待处理', done: '已处理', dismissed: '核对后没有改动' } as Record<string, string>,
  wait: (time: string) => `报告太多了，请 ${time}后再试`,
  minutes: (n: string) => `${n} 分钟`,
}

export type ReportWords = typeof zh
