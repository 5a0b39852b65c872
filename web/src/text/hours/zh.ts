// 开放时间的中文:现在开不开、几点关、为什么不确定。英文在旁边,少一句就编译不过。
const thin = '\u2009'

export const zh = {
  always: '开放中',
  openThen: '开放',
  openUntil: (when: string) => `已开放，${when}关门`,
  openPerhapsLonger: (when: string) => `已开放，${when}之后不确定`,
  closesSoon: (when: string) => `即将关门，${when}关门`,

  closed: '不开放',
  opensInMinutes: (n: string) => `${n}${thin}分钟后开门`,
  opensAt: (when: string) => `不开放，${when}开门`,
  perhapsFrom: (when: string) => `不开放，${when}起不确定`,
  notSoon: '近两周不开放',

  unknown: {
    unreadable: '开放时间如下，未能识别',
    said: '不一定开放',
    open_end: '已开门，关门时间未写明',
    public_holidays: '当年节假日安排尚未公布，不确定是否开放',
    school_holidays: '寒暑假日期尚未确认，不确定是否开放',
    worked_day: '调休上班日，不确定是否开放',
    sun: '开放时间随日出日落，无法推算',
  },
  withComment: (state: string, comment: string) => `${state}（${comment}）`,

  at: {
    today: (time: string) => `${time} `,
    tomorrow: (time: string) => `明天 ${time} `,
    weekday: (weekday: string, time: string) => `${weekday} ${time} `,
    date: (month: number, day: number, time: string) => `${month}月${day}日 ${time} `,
    midnight: '今晚 24:00 ',
  },
  weekdays: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  nextDay: (time: string) => `次日 ${time}`,
  span: (from: string, to: string) => `${from}–${to}`,
  openEnd: (from: string) => `${from} 起，关门时间未写明`,
  wholeDay: '全天开放',
  rest: '休息',
  rests: (days: string) => `${days}休息`,
  uncertain: (span: string) => `${span} 不确定`,
  join: '、',

  note: {
    holiday: (name: string) => `${name}放假`,
    holidayUnsaid: (name: string) => `${name}放假，节假日是否开放未写明`,
    worked: (weekday: string) => `调休上班，按${weekday}`,
    school: (name: string) => name,
    schoolUnsure: (name: string) => `可能在${name}，日期待确认`,
    publicUnknown: '节假日安排尚未公布',
  },
}

export type HoursWords = typeof zh
