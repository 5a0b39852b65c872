// 规划的中文。只有规划人员打开时才载入;英文在旁边,少一句就编译不过。
const thin = '\u2009'

export const zh = {
  title: '如果这样改',
  onMap: '方案里的新场所和护学岗',

  rooms: { label: '规划的几部分', changes: '改动', siting: '下一批放哪儿', scenarios: '方案' },

  tools: {
    label: '规划工具',
    site: '加一处',
    post: '加护学岗',
    undo: '撤销',
    redo: '重做',
    placeSite: '点一下地图，放下新场所',
    placePost: '点一下过街的地方，放下护学岗',
    cancel: '取消',
    most: (n: string) => `一个方案最多 ${n} 处`,
    placed: '已放在地图中间，用方向键移动',
  },

  view: { label: '地图上看什么', after: '改后', before: '现在', difference: '差别' },

  figure: {
    of: '的儿童走得到',
    today: (share: string) => `现在 ${share}`,
    change: (n: string) => `${n} 名儿童`,
    same: '没有变化',
    sentence: (total: string, ages: string, minutes: string, kind: string) =>
      `${total} 名 ${ages}儿童中，${minutes}内走得到${kind}的`,
    count: (n: string) => `有 ${n} 名`,
    counts: (before: string, after: string) => `${before} → ${after} 名`,
    both: (gained: string, lost: string) => `多了 ${gained} 名，少了 ${lost} 名`,
    start: '加一处、关一处，或者加一个护学岗，看看会多多少儿童走得到。什么都不会保存，也随时能撤销。',
    said: (after: string, change: string) => `改后 ${after} 名儿童走得到，${change}`,
    more: (n: string) => `比现在多 ${n} 名`,
    fewer: (n: string) => `比现在少 ${n} 名`,
    equal: '和现在一样多',
  },

  changes: {
    title: '改动',
    clear: '全部清除',
    site: (n: string) => `新场所 ${n}`,
    post: (n: string) => `新护学岗 ${n}`,
    reaches: (n: string, alone: string) => `范围内 ${n} 名儿童，其中 ${alone} 名只有它`,
    reachesNobodyNew: (n: string) => `范围内 ${n} 名儿童，都另有去处`,
    nobodyNew: '儿童都另有去处',
    alone: (n: string) => `${n} 名儿童只有它`,
    shut: '那时不开放，不算在内',
    away: (metres: string) => `离最近的路 ${metres}，走不到`,
    nowhere: '附近没有路，走不到',
    closed: (n: string) => `关闭后，${n} 名儿童走不到别处`,
    closedPlain: '假设关闭',
    otherKind: '属于另一类场所，这次不算',
    hours: (hours: string) => `改为 ${hours}`,
    hoursIdle: '没有指定时间，这次不起作用',
    guards: (n: string) => `看护 ${n} 处过街`,
    guardsNone: '50\u2009米内没有过街的地方，不起作用',
    counting: '正在算…',
    remove: (name: string) => `去掉${name}`,
    reopen: (name: string) => `恢复${name}`,
    unnumbered: (id: string) => `场所 ${id}`,
  },

  card: {
    leave: '关闭这张卡片',
    close: '假设关闭',
    reopen: '恢复开放',
    details: '查看详情',
    serves: (n: string) => `关了它，${n} 名儿童走不到别处`,
    closedNow: '方案里已关闭',
    notOpen: '那时不开放，或没有登记开放时间',
    name: '名称',
    remove: '去掉',
    keys: '拖动它，或用方向键移动；按删除键去掉。',
    at: (place: string) => `在${place}`,
  },

  hours: {
    title: '换开放时间',
    needTime: '先在上面的问题里指定时间，才看得出差别。',
    needsTime: '指定时间',
    days: '哪几天',
    daily: '每天',
    weekdays: '周一至周五',
    weekend: '周六、周日',
    from: '从',
    to: '到',
    use: '就用这个时间',
    back: '恢复原来的时间',
    wrong: '结束要晚于开始。',
  },

  towns: {
    title: '各乡镇',
    order: '现在最需要的在前，竖线是现在',
    gained: (n: string) => `多 ${n} 名`,
    lost: (n: string) => `少 ${n} 名`,
  },

  gaps: { after: '改后还有的空白', order: '儿童最多的在前' },

  legend: {
    difference: '改了以后',
    gained: (n: string) => `走得到了：${n} 名儿童`,
    lost: (n: string) => `走不到了：${n} 名儿童`,
    streets: '线是相应的道路',
    signs: '方案里的',
    proposed: '新场所',
    closed: '关闭的，或那时不开放的',
    post: '新护学岗',
  },

  metres: (n: string) => `${n}${thin}米`,
}

export type PlanWords = typeof zh
