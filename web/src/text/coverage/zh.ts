// 覆盖分析的中文。只有规划人员打开时才载入,所以不放在 zh.ts 里;英文在旁边,少一句就编译不过。
const thin = '\u2009'

export const zh = {
  title: '走多久到得了',
  minutes: (n: string) => `${n}${thin}分钟`,

  question: {
    label: '要回答的问题',
    kind: '走到哪类场所',
    walk: (minutes: string) => `${minutes}步行`,
    minutes: '步行时间',
    profile: '谁在走',
    pace: (metres: string) => `每秒 ${metres}${thin}米`,
    paceFrom: (source: string) => `步速依据：${source}`,
    paceWorking: (source: string) => `步速为暂定：${source}`,
    at: '什么时候',
    anyTime: '任何时间',
    someTime: '指定时间',
    day: '星期',
    time: '时刻',
    atHint: '只算那时开放的场所；没有登记开放时间的不算，并在下面说明。有人值守的护学岗会缩短过街等待。',
    ages: '统计哪些儿童',
    agesOf: (from: string, to: string) => `${from}–${to}${thin}岁`,
    aged: (from: string, to: string) => `${from}–${to}${thin}岁`,
    allAges: '全部',
    only: '哪些场所算数',
    allSites: '全部场所',
    every: '不限',
    done: '好了',
  },

  share: {
    of: '的儿童走得到',
    sentence: (covered: string, total: string, ages: string, minutes: string, kind: string) =>
      `${total} 名 ${ages}儿童中，${covered} 名在 ${minutes}内走得到${kind}`,
    said: (share: string, minutes: string) => `${minutes}：${share} 的儿童走得到`,
    exact: (n: string) => `精确值 ${n}`,
    network: '沿步行道路计算，含过街等待',
    openThen: '只算当时开放的场所',
    method: {
      given: '儿童数为登记数',
      rounded: '儿童数经过取整',
      raster: '儿童数来自人口栅格',
      spread: '儿童数由总数分摊到居民点',
    } as Record<string, string>,
    demonstration: '示例数据，不是真实人口',
    half: (minutes: string) => `一半儿童走 ${minutes}以内`,
    tenth: (minutes: string) => `最远的一成要走 ${minutes}以上`,
    straight: (metres: string, share: string) => `若只在图上画 ${metres}的圆，会算成 ${share}`,
  },

  classes: {
    to: (from: string, to: string) => `${from}–${to}${thin}分钟`,
    beyond: (from: string) => `超过 ${from}${thin}分钟`,
    children: (n: string) => `${n} 名`,
    bar: '各段步行时间的儿童',
  },

  curve: {
    title: '给更多时间，会多多少',
    label: (minutes: string, share: string) => `步行时间与走得到的儿童比例。${minutes}时为 ${share}`,
    table: '看数字',
    minutes: '分钟',
    children: '儿童',
    share: '比例',
  },

  towns: {
    title: '各乡镇',
    order: '最需要的在前',
    missing: (n: string) => `还有 ${n} 名走不到`,
    all: '都走得到',
    noChildren: '没有儿童数据',
    show: (name: string) => `在地图上看${name}`,
  },

  gaps: {
    title: '空白在哪里',
    order: '儿童最多的在前',
    none: '没有空白：人人都走得到。',
    left: (n: string) => `还有 ${n} 名儿童`,
    walk: (minutes: string) => `最近要走 ${minutes}`,
    noWay: '没有路走得到',
    more: (n: string) => `再看 ${n} 处`,
  },

  more: {
    title: '更多指标',
    gini: '差别有多大',
    giniIs: (n: string) => `${n}（基尼系数：0 是人人一样近，1 是差别最大）`,
    places: '够不够用',
    placesAre: (per: string, total: string, sites: string) =>
      `走得到的儿童每千名有 ${per} 个位子；${sites} 处登记了容量，共 ${total} 个（两步移动搜索法）`,
    without: (n: string) => `${n} 名儿童的范围内一个位子也没有`,
    mean: '平均步行时间',
    unreached: '没有路走得到任何一处的儿童',
    settings: '走得到的儿童，最近的在哪里',
    circles: '只画圆会算成多少',
    circle: (metres: string) => `${metres}以内`,
  },

  out: {
    title: (n: string) => `没算进去的：${n}`,
    unsnapped: (n: string) => `${n} 处场所离道路太远`,
    unknownHours: (n: string) => `${n} 处没有登记开放时间`,
    notOpen: (n: string) => `${n} 处那时不开放`,
    children: (n: string) => `${n} 名儿童附近没有道路`,
    hint: '补上道路或改正位置后，就会算进去。点一下到地图上看。',
    cell: (n: string) => `居民点，${n} 名儿童`,
  },

  here: {
    walk: (kind: string, minutes: string) => `到最近的${kind}要走 ${minutes}`,
    second: (name: string, minutes: string) => `其次：${name}，${minutes}`,
    crossing: { safe: '有信号灯或有人护送', marked: '有斑马线', bare: '没有过街设施' } as Record<string, string>,
    times: (words: string, n: string) => `${words} ${n} 次`,
    noCrossings: '不用过大路',
    middle: '按回车键看从地图中心要走多久',
    label: '从这里走',
  },

  service: {
    children: (n: string, ages: string) => `${n} 名 ${ages}儿童`,
    within: (minutes: string) => `在 ${minutes}内走得到这里`,
    open: '查看详情',
    leave: '看全部场所',
    of: (share: string) => `占全部的 ${share}`,
  },

  legend: {
    streets: '道路：走到最近一处要多久',
    cells: '色块：走到最近一处要多久',
    beyondStreets: '更远的道路',
    people: (minutes: string) => `走 ${minutes}还到不了的儿童，越大越多`,
    dot: (n: string) => `${n} 名`,
    way: '到最近一处的路',
  },

  none: {
    sites: (kind: string) => `没有可以算的${kind}`,
    sitesHint: '换一类场所，或者放宽条件。',
    relax: '去掉条件',
    children: '还没有儿童数据',
    childrenHint: '换一个年龄段再看。',
  },
}

export type CoverageWords = typeof zh
