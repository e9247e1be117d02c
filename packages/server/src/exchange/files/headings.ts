import { simplifiedText } from '@sente/reader'

/**
 * Headings under which CRMs and spreadsheets write our fields, the likeliest first; compared by `plainHeading`. Salesforce, HubSpot, Dynamics,
 * Pipedrive, Zoho, Odoo, SuiteCRM, EspoCRM, Twenty, vtiger, 纷享销客 and 销售易 in English and Chinese.
 */
export const HEADINGS: Readonly<
  Record<'accounts' | 'people' | 'deals' | 'activities', Readonly<Record<string, string>>>
> = {
  accounts: {
    externalId: `externalid accountid recordid companyid organizationid organizationno accountno id 客户编号 客户id 公司id 编号 主键id 记录id`,
    name: `name accountname companyname company organizationname organization account 客户名称 客户名 公司名称 企业名称 客户 名称 单位名称`,
    parentExternalId: `parentexternalid parentaccountid parentid parentcompanyid parentaccountnameid 上级客户编号 上级客户id 母公司编号`,
    parent: `parent parentaccount parentcompany parentaccountname memberof 上级客户 母公司 集团`,
    owner: `owner accountowner companyowner ownername owneremail ownerid assignedto assignedusername salesperson 负责人 客户负责人 客户所有人 归属人 所有人 客户经理`,
    industry: `industry 行业 所属行业 行业类型`,
    region: `region territory billingstate billingcity stateregion city 区域 地区 省份 城市 所在地区`,
    goal: `goal accountgoal description 目标 客户目标`,
    wonProjects: `wonprojects projectswon numberofwondeals 已赢项目数 成交次数`,
    nextOpportunities: `nextopportunities numberofopendeals 后续机会数`,
    deleted: `isdeleted deleted deletedat deletedon deleteddate deletedtime 是否删除 已删除 删除状态 删除时间 是否作废 作废状态 生命状态`,
  },
  people: {
    externalId: `externalid contactid recordid personid contactno id 联系人编号 联系人id 编号 主键id 记录id`,
    name: `name fullname contactname contact displayname 姓名 联系人姓名 联系人 名称`,
    firstName: `firstname givenname namefirstname fnamefirst 名 名字`,
    middleName: `middlename additionalname`,
    lastName: `lastname surname familyname namelastname 姓 姓氏`,
    accountExternalId: `accountexternalid accountid companyid associatedcompanyids associatedcompanyid parentcustomerid accountnameid organizationid 客户编号 客户id 所属客户编号`,
    account: `account accountname company companyname associatedcompany organization organizationname relatedcompany 客户 客户名称 客户名 所属客户 公司 公司名称 单位`,
    title: `jobtitle position title designation 职务 职位 头衔 岗位`,
    department: `department 部门`,
    email: `email emailaddress primaryemail email1 workemail emailwork emailhome emailother 邮箱 电子邮箱 邮件 电子邮件`,
    phone: `phone phonenumber mobile mobilephone businessphone workphone officephone phonework phonemobile phonehome 电话 手机 手机号 联系电话`,
    reportsToExternalId: `reportstoexternalid reportstoid managerid 上级编号 直属上级编号`,
    reportsTo: `reportsto reportingto manager managername reportstoname 上级 直属上级 汇报对象`,
    local: `local islocal 在项目所在地 本地`,
    leftOn: `lefton departuredate 离职日期`,
    deleted: `isdeleted deleted deletedat deletedon deleteddate deletedtime 是否删除 已删除 删除状态 删除时间 是否作废 作废状态 生命状态`,
  },
  deals: {
    externalId: `externalid opportunityid dealid recordid opportunityno potentialno id 商机编号 商机20编号 商机id 机会编号 销售机会编号 销售机会id 业务机会id 业务机会编号 编号 主键id 记录id 唯一性id`,
    name: `name opportunityname dealname title topic deal opportunity potentialname 商机名称 商机 商机20 机会名称 销售机会名称 业务机会名称 交易名称 项目名称 名称 主题 opportunityname dealbezeichnung verkaufschance nomdelopportunité nombredelaoportunidad`,
    accountExternalId: `accountexternalid accountid companyid associatedcompanyids associatedcompanyid parentaccountid accountnameid organizationid 客户编号 客户id`,
    account: `account accountname associatedcompany company companyname customer potentialcustomer organization organizationname relatedto 客户 客户名称 客户名 公司名称 公司 关联公司 潜在客户 单位 最终用户 firma unternehmen kunde accountname compte nomducompte entreprise cuenta nombredelacuenta empresa`,
    owner: `owner opportunityowner dealowner ownername ownerfullname owneremail ownerid salesperson assignedto assignedusername assigneduser 负责人 商机负责人 销售 销售负责人 销售代表 所有人 商机所有人 业务机会所有人 销售机会所有人 交易负责人 归属人 verantwortlich inhaber besitzer propriétaire propietario`,
    amount: `amount dealamount opportunityamount value dealvalue totalvalue estrevenue estimatedrevenue estimatedvalue amountamount amountamountmicros 金额 预计金额 商机金额 合同金额 合同额 预计成交金额 预计销售金额 预计收入 销售金额 业务机会金额 项目金额 预算金额 betrag auftragswert angebotssumme auftragsvolumen montant importe`,
    expectedRevenue: `expectedrevenue 预期收入`,
    weighted: `weightedamount weightedvalue proratedrevenue forecastamount weightedrevenue 加权金额 预测金额`,
    currency: `currency opportunitycurrency currencyisocode amountcurrency amountconvertedcurrency amountcurrencyconverted dealcurrency currencyofvalue currencycode amountcurrencycode dealcurrencycode transactioncurrency expectedrevenuecurrency companycurrency currencyname currencyid 币种 货币 货币类型 währung devise moneda`,
    openedOn: `openedon createddate createdate created createdon createdtime createdat creationdate datecreated dateentered dealcreated opendate 创建日期 创建时间 立项日期 立项时间 开始日期 商机日期 erstelltam erstelldatum erstellungsdatum datedecréation fechadecreación`,
    firstContactOn: `firstcontacton firstcontact firstactivitydate 首次接触日期 首次拜访日期`,
    status: `status dealstatus statecode state opportunitystatus 状态 商机状态 结果 阶段状态 赢单状态`,
    statusReason: `statusreason statuscode 状态描述 状态原因`,
    closedOn: `closedon actualclosedate closeddate dateclosed closedtime dealclosedon actualclosingdate 实际结束日期 实际成交日期 实际成交时间 结单时间 关闭时间 赢单时间 赢单输单时间 赢输单时间 实际结单日期`,
    wonOn: `wontime wondate wonon 赢单日期`,
    lostOn: `losttime lostdate loston 输单日期 输单时间`,
    closeDate: `closedate closingdate closed 结束日期 关闭日期 成交日期 结单日期 abschluss abschlussdatum schlusstermin datedeclôture fechadecierre`,
    expectedCloseOn: `expectedcloseon expectedclosedate estclosedate estimatedclosedate expectedclosing expectedclosingdate 预计成交日期 预计成交时间 预计签约日期 预计结单日期 预计结束日期 预计关闭日期 expectedclose erwarteterabschluss voraussichtlicherabschluss`,
    reason: `reason closedlostreason lossreason lostreason closedwonreason reasonforloss reasonlost 输单原因 丢单原因 赢单原因 关闭原因`,
    goal: `goal dealgoal 目标 商机目标`,
    style: `style dealstyle 打单风格`,
    stage: `stage stagename dealstage pipelinestage salesstage pipelinephase tostage newstage stagename 阶段 销售阶段 商机阶段 交易阶段 当前阶段 销售流程阶段 转到阶段 phase verkaufsphase étape etapa`,
    stageSince: `stagesince laststagechangedate laststagechange laststageupdate dateenteredstage stagechangedon stagechangedate 阶段变更日期 最近阶段变更 进入阶段时间 进入阶段日期 阶段更新时间 最后阶段更新时间`,
    changedOn: `changedon lastmodified changedate editdate 变更日期 修改时间`,
    won: `won iswon isclosedwon 是否赢单 输赢 输赢状态 输赢结果 赢输`,
    closed: `isclosed isdealclosed 是否关闭 是否结单 已关闭`,
    active: `active isactive 有效`,
    deleted: `isdeleted deleted deletedat deletedon deleteddate deletedtime 是否删除 已删除 删除状态 删除时间 是否作废 作废状态 生命状态`,
    probability: `probability probabilitypercent dealprobability winprobability sellerestimate probability% 赢率 阶段赢率 成功率 可能性 成交概率 概率 赢单率 成功概率 win winrate wahrscheinlichkeit probabilité probabilidad`,
    nextStep: `nextstep nextsteps hsnextstep nextactivity 下一步 下一步计划 下一步行动 下步计划 nächsterschritt prochaineétape siguientepaso`,
    industry: `industry 行业 所属行业`,
    traits: `traits dealtraits 特征`,
  },
  activities: {
    externalId: `externalid activityid taskid engagementid eventid id 跟进编号 活动编号 记录编号 编号 主键id`,
    dealExternalId: `dealexternalid opportunityid dealid relatedtoid whatid associateddealids regardingid 商机编号 商机id 机会编号 关联商机编号`,
    deal: `deal opportunityname associateddeal dealname relatedto regarding opportunity documentname 商机 商机名称 相关商机 关联商机 项目名称 机会名称`,
    on: `on date activitydate duedate activitydatetime startdate startdatetime createdate duedatetime 日期 活动日期 跟进日期 拜访日期 跟进时间 时间 创建时间 发生时间`,
    doneOn: `doneon completeddate completedon completedtime closedtime markedasdonetime donetime datecompleted actualend 完成日期 完成时间 实际完成时间 实际结束时间`,
    play: `play playid 打法`,
    type: `type activitytype tasksubtype 类型 活动类型 跟进方式 跟进类型`,
    what: `what subject title activity activityname meetingname summary 主题 标题 事项 拜访主题`,
    text: `text description comments fullcomments notes body note notebody callnotes 描述 备注 内容 纪要 跟进内容 跟进记录 沟通内容`,
    with: `with contact contactname associatedcontact contactperson who attendees participants 联系人 联系人姓名 客户联系人 参与人 name`,
    contactTitle: `contacttitle jobtitle 职务 职位 联系人职务`,
    hours: `hours durationhours 工时 时长小时 时长`,
    paid: `paid ispaid 收费`,
    outcome: `outcome status taskstatus activitystatus done state 状态 结果 完成状态`,
    closed: `isclosed`,
    concern: `concern topic 关注点`,
    author: `author owner ownername assignedto assignedusername createdby activityassignedto assignedtouser taskowner 记录人 创建人 负责人 跟进人`,
    deleted: `isdeleted deleted deletedat deletedon deleteddate deletedtime 是否删除 已删除 删除状态 删除时间 是否作废 作废状态 生命状态`,
  },
}

/** Objects before the name of a field, as some programs export it. */
const OBJECT = /^(?:deal|organi[sz]ation|person|activity|lead|opportunity|商机|客户|联系人)\s+-\s+/i

/** A heading without case, spaces and marks; without the object, the arrows of a sorted column and the unit in brackets. */
export function plainHeading(heading: string): string {
  // Dynamics keeps the id of its records in a column that it asks to leave alone.
  if (/^\s*[(（](?:do not modify|请勿修改|不要修改)[)）]\s*(?!row checksum|modified|行校验|修改|上次)/i.test(heading))
    return 'externalid'
  const text = simplifiedText(heading.normalize('NFKC'))
    .replace(OBJECT, '')
    .replaceAll(/[↑↓▲▼★*"'“”]|\((?:必填|选填|required|optional)\)/gi, '')
  const bare = text
    .replace(/[([（【]([^)\]）】]*)[)\]）】]\s*$/, (whole, inside: string) => (UNIT.test(inside.trim()) ? '' : whole))
    .replace(/[,，:：/\s-]*(?:单位[:：]?\s*)?(?:万元|亿元|百万元|千元)$/, '')
  return (bare.trim() === '' ? text : bare).toLowerCase().replaceAll(/[\s_\-.():：（）/*%&,，、]/g, '')
}
const UNIT =
  /^(?:单位[:：]?\s*)?(?:(?:人民币|美元|欧元|港元|港币)?\s*(?:元|万元?|亿元?|千元|百万元?|十万元?|美元|万美元|千美元|百万美元|港元|万港元|欧元|万欧元|日元|万日元)|人民币|%|％|百分比|converted|转换后|[kKmMtT]?\s?[A-Z]{3}|[A-Z]{3}\s?[kKmM]|[kKmMtT]?\s?[€$£¥]|[€$£¥]\s?[kKmM]?|in\s.*|Mio\.?\s*\S*|Tsd\.?\s*\S*|000s|'000|\d+|天|小时|hours|days|yyyy[-/.]mm[-/.]dd|yyyy年mm月dd日)$/i
