// What people and departments are called. All of it is made up.

/** Family names and given names with their pinyin, of which userids are made. */
export const FAMILY =
  '王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 罗luo 欧阳ouyang 司马sima 诸葛zhuge'
    .split(' ')
    .map(split);

export const GIVEN =
  '伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 军jun 洋yang 勇yong 艳yan 杰jie 娟juan 涛tao 明ming 超chao 秀英xiuying 霞xia 平ping 刚gang 桂英guiying 浩然haoran 子涵zihan 宇轩yuxuan 梓萱zixuan 思远siyuan 晓雯xiaowen'
    .split(' ')
    .map(split);

/** People whose names or userids are a trap somewhere; the generator begins with them. */
export const ODD_PEOPLE = [
  { userid: '00123', name: '零一二三' },
  { userid: 'ZhangSan', name: '张三' },
  { userid: 'ann.bob@corp', name: 'Ann & Bob' },
  { userid: 'tag_less', name: '<b>李四</b>' },
  { userid: 'cdata-end', name: ']]>王五' },
  { userid: 'emoji1', name: '小明😀' },
  { userid: 'family', name: '👨‍👩‍👧‍👦 一家人' },
  { userid: '007', name: 'James "007" O\'Neil' },
  { userid: '1e5', name: '十万' },
  { userid: 'null', name: 'null' },
  { userid: 'x'.repeat(64), name: '𠮷野家𠮷野家' },
  { userid: '9007199254740993', name: '大数' },
];

export const DEPARTMENT_WORDS =
  '研发 市场 销售 财务 人事 行政 法务 采购 物流 客服 运营 产品 设计 测试 质量 生产 安全 数据 平台 基础架构'.split(' ');

export const DEPARTMENT_KINDS = ['部', '中心', '组', '一组', '二组', '华东', '华南', '办公室'];

export const POSITIONS = ['工程师', '高级工程师', '经理', '总监', '专员', '实习生', 'Product Manager', ''];

function split(word) {
  const at = word.search(/[a-z]/);
  return { name: word.slice(0, at), pinyin: word.slice(at) };
}
