/** Notes of 300 characters as sellers write them, and a fact that is certainly in each. */
export const NOTES = [
  {
    name: 'Chinese',
    signal: 'project_approved',
    text: '上周五见了林总，立项会通过了，编号下来了。财务张总问我们公司才三年，以后还在不在，要看三年的审计报告。采购说另一家报价便宜两成，让我们再降十五个点，周一给最终价。安全部发来两百多条的评估表，月底前要交。内线说对手老总上周已经见了董事长，评委名单也出来了，里面有两个是他们的老朋友。下周二上党委会，材料已经交了。信息中心问老数据怎么迁，割接失败怎么回退。用户试用了两周，反馈界面顺手，就是报表慢一点。运维问半夜出了问题找谁，本地有没有备件。客户说先在一个车间试点三个月，效果好再推广到全厂。法务把合同改了四十多处，责任上限要再谈。中午在食堂吃的饭，停车还是很难。',
  },
  {
    name: 'English',
    signal: 'rfp_issued',
    text: 'Met Helena on Friday. The RFP is out and closes in three weeks. The CFO wants audited accounts and asked who comes on Sunday night when it breaks. Procurement said a rival is 20 percent cheaper and wants our best price by Monday. They want to pilot it in one plant first. Parking was as bad as ever.',
  },
]
