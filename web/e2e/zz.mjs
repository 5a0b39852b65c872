// scratch, not committed
import { chromium } from 'playwright-core'
const base='http://127.0.0.1:18505/'
const only=process.argv[2]??''
const browser=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']})
const spots=[[116.2453,36.335],[116.2601,36.3302],[116.205,36.41],[116.32,36.29],[116.15,36.25]].map(([lon,lat])=>({lon,lat}))
const sites=spots.map((p,i)=>({...p,candidate:i===1?'site':'junction',...(i===1?{name:'东阿县实验小学新城校区图书角',site:12}:{}),area:['371524001','371524002','371524100','371524101','371524102'][i],pinned:false,cost:1,children:2400-400*i,serves:{children:2600-380*i,by_age:[{from:0,to:2,children:500},{from:3,to:5,children:600},{from:6,to:14,children:1200}],by_town:[{area:'371524001',children:1900},{area:'371524002',children:400}]},runner_up:i===3?null:{lon:p.lon+0.01,lat:p.lat+0.008,loses:i===2?0:130+i}}))
const req={kind:'reading_space',objective:'maximal_covering',add:5,existing:true,candidates:{from:'junctions'}}
const result={kind:'reading_space',objective_name:'maximal_covering',minutes:15,profile:'child_6_9',at:null,ages:'0-14',unit:'children',mark:'x',children_total:67613,children_before:23544,children_after:32956,objective:9412,bound:9430,gap:0.0019,optimal:false,status:'bounded',candidates:3120,says:{zh:'再建 5 处可多让 9,412 名儿童走得到；建 5 处最多不超过 9,430 名（差 0.2 %）。',en:'Five more reach 9,412 more children; no plan of 5 can reach more than 9,430 (gap 0.2 %).'},sites,curve:[0,2900,5200,7000,8300,9412,10200,10700,11000,11150,11240].map((o,k)=>({sites:k,objective:o,bound:Math.round(o*1.004)}))}
async function go(name,{size,scheme,lang},act){
  if(only&&!name.includes(only))return
  const phone=size==='phone'
  const ctx=await browser.newContext({viewport:phone?{width:390,height:844}:{width:1440,height:900},colorScheme:scheme,hasTouch:phone,isMobile:phone,reducedMotion:'reduce',permissions:['clipboard-read','clipboard-write']})
  const page=await ctx.newPage()
  page.setDefaultTimeout(6000)
  page.on('pageerror',e=>console.log(name,'error',e.message))
  page.on('console',m=>{if(['error','warning'].includes(m.type()))console.log(name,m.text())})
  let state='run'
  await page.route('**/api/siting**',async r=>{
    const u=r.request().url(), m=r.request().method()
    if(m==='POST')return r.fulfill({status:202,json:{id:'j1',status:'queued'}})
    if(m==='DELETE')return r.fulfill({status:200,json:{}})
    if(u.endsWith('/events')){
      const p=(stage,o,b,n)=>`event: progress\ndata: ${JSON.stringify({stage,share:stage==='reach'?0.6:null,objective:o,bound:b,gap:null,sites:spots.slice(0,n)})}\n\n`
      const prog=p('reach',null,null,0)+p('plan',5200,null,3)+p('plan',8300,14000,5)+p('bound',9100,9900,5)+p('bound',9412,9430,5)
      if(page.hold)return r.fulfill({status:200,contentType:'text/event-stream',body:prog})
      return r.fulfill({status:200,contentType:'text/event-stream',body:prog+`event: done\ndata: ${JSON.stringify({id:'j1',status:'done',request:req,progress:null,result,problem:null})}\n\n`})
    }
    return r.fulfill({json:{id:'j1',status:'running',request:req,progress:{stage:'bound',share:null,objective:9412,bound:9430,gap:0.002,sites:spots},result:null,problem:null}})
  })
  const shot=async n=>{await page.waitForTimeout(350);await page.screenshot({path:`/tmp/w5/shots/${name}-${n}.png`})}
  try{await act(page,shot,lang)}catch(e){console.log(name,'FAIL',e.message.split('\n').slice(0,6).join(' | '));await shot('fail')}
  await ctx.close()
}
async function siting(page,shot,lang){
  await page.goto(base+'#panel=plan'+(lang==='en'?'&lang=en':''))
  await page.locator('#room-tab-siting').click()
  await page.locator('.wish').waitFor()
  await shot('form')
  page.hold=true
  await page.locator('.wish-start').click()
  await page.locator('.run').waitFor()
  await shot('run')
  page.hold=false
  await page.locator('.result-head').waitFor({timeout:9000})
  await shot('result')
  const body=page.locator('.panel-body')
  await page.locator('.planned-head').first().click()
  await page.locator('.planned-actions').first().scrollIntoViewIfNeeded()
  await shot('site')
  await page.locator('.sites-curve').scrollIntoViewIfNeeded()
  await shot('curve')
  await page.locator('[data-accept]').click()
  await shot('accepted')
}
async function scenarios(page,shot,lang){
  await page.goto(base+'#panel=plan'+(lang==='en'?'&lang=en':''))
  await page.locator('#room-tab-scenarios').click()
  await page.locator('.scenarios').waitFor()
  await shot('none')
  await page.goto('about:blank')
  await page.goto(base+'#panel=plan&plan=a'+spots.slice(0,1).map(({lon,lat})=>Math.round(lon*1e7).toString(36)+'.'+Math.round(lat*1e7).toString(36))+'_a'+Math.round(116.205*1e7).toString(36)+'.'+Math.round(36.41*1e7).toString(36)+(lang==='en'?'&lang=en':''))
  await page.locator('#room-tab-scenarios').click()
  await page.locator('[data-do="save-first"]').click()
  await shot('save')
  await page.locator('.scenario-form .primary').click()
  await page.locator('.scenario-name').waitFor()
  await shot('saved')
  await page.locator('.scenario-tasks summary').first().click()
  await page.locator('.task-form summary').first().click()
  await page.locator('.task-fields .primary').first().scrollIntoViewIfNeeded()
  await shot('tasks')
  await page.locator('#room-tab-changes').click()
  await page.locator('.plan-clear').click().catch(()=>console.log('no clear'))
  await page.keyboard.press('Escape')
  await page.evaluate(()=>0)
  await page.locator('#room-tab-scenarios').click()
  await page.waitForTimeout(300)
  await shot('cleared')
}
for(const o of [{size:'desktop',scheme:'light',lang:'zh'},{size:'phone',scheme:'dark',lang:'en'},{size:'phone',scheme:'light',lang:'zh'},{size:'desktop',scheme:'dark',lang:'en'}]){
  await go(`${o.size}-${o.scheme}-siting`,o,siting)
  await go(`${o.size}-${o.scheme}-scenarios`,o,scenarios)
}
await browser.close()
