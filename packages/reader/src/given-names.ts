// Given names as they are common in English notes: who "he" or "she" can mean, and who is called Bob. Names of both are in neither list.

const HIS = new Set(
  (
    'aaron adam adrian ahmed alan albert alex alexander alfred ali amit andre andreas andrew andy angus anthony antonio arjun arthur barry ben benjamin bernard bill bob brad brandon brendan ' +
    'brian bruce bryan callum carl carlos charles charlie chris christian christopher clive colin conor craig dan daniel darren dave david dean declan dennis derek dermot diego dieter ' +
    'dimitri dirk dominic donald doug douglas duncan ed eddie edward erik eric ethan felix fergus frank fraser fred gareth gary gavin geoff george gerald gerard giovanni glenn ' +
    'gordon graham greg gregory gus guy hamish hank hans harry hassan henrik henry howard hugh hugo ian ivan jack jacob james jamie jan jason jeff jeffrey jens jeremy jerry jim jimmy joe johan john ' +
    'johnny jonathan jonas jose joseph josh joshua juan jurgen justin karl keith ken kenneth kevin klaus kurt lars laurence lawrence leo leon liam lou louis luca lucas luke magnus malcolm manuel ' +
    'marc marco marcus mario mark martin mathias matt matthew matteo max michael mick miguel mike mohammed muhammad murray nathan neil niall nick nicholas nigel nils norman oliver olaf omar oscar owen ' +
    'pablo paolo patrick paul pedro pekka pete peter phil philip pierre rafael rahul raj rajesh ravi raymond richard rick rob robert roberto roderick roger roland ron rory ross roy russell ryan sam ' +
    'samir samuel sanjay scott sean sergei shaun simon stan stefan stephen steve steven stewart stuart sven ted terry theo thomas tim timothy toby todd tom tony travis trevor ulrich vernon victor vijay ' +
    'viktor vikram vincent vince walt walter warren wayne will william yusuf'
  ).split(' '),
)
const HERS = new Set(
  (
    'abena abigail ada adele agnes aisha alice alicia alison amanda amber amelia amy ana andrea angela angie anita ann anna anne annette annie aoife astrid barbara beatrice becky bella beth betty bev beverley ' +
    'birgit brenda bridget bronwen camilla carla carmen carol carole caroline catherine cathy charlotte chiara chloe christina christine claire clara claudia colleen cynthia dawn debbie deborah ' +
    'deirdre denise diana diane dolores donna doris dorothy edith eileen elaine eleanor elena elif elisabeth elizabeth ella ellen elsa elspeth emily emma erica erin estelle esther eva evelyn fatima felicity ' +
    'fiona florence frances francesca freya gabriela gail gemma georgia geraldine gillian gina giulia gladys gloria grace greta gwen hannah harriet heather heidi helen helena helga hilary hilda ida ' +
    'imogen ines ingrid irene iris isabel isla ivana jackie jacqueline jane janet janice jasmine jean jeanette jen jennifer jenny jessica jill joan joanna joanne josephine joyce judith judy julia ' +
    'julie karen karin kate katherine kathleen kathy katie kavita kayla kelsey kirsten kristin lara laura lauren leah leanne lena lesley liliana lilian lily linda lindsey lisa liz lola lorna lorraine ' +
    'louise lucia lucy lydia lynn mabel madeleine maggie mara marcia margaret margot maria marianne marie marilyn marina marion marta martha mary maureen meera megan melanie melissa mercedes meredith mia ' +
    'michelle mildred miranda miriam moira mollie molly monica monika myra nadia nadine nancy naomi natalia natalie natasha niamh nicola nicole nina nisha nora norma olga olivia pamela patricia paula ' +
    'penelope petra philippa phoebe phyllis pippa polly priya priyanka rachel rebecca renata rhona rita roberta rosa rosalind rose rosemary ruth sabine sally samantha sandra sara sarah saoirse shannon ' +
    'sharon shauna sheila shirley siobhan sofia sonia sophia sophie stella stephanie sue sunita susan susanna suzanne svetlana sylvia tamara tammy tanya tara teresa thelma theresa tina tracey tracy trish ' +
    'ursula valerie vanessa vera veronica victoria vivian wendy winifred yasmin yvonne zoe'
  ).split(' '),
)
/** Whether "he" or "she" can mean somebody who is called so; undefined where the name does not say. */
export function genderOf(called: string): 'he' | 'she' | undefined {
  for (const word of called.toLowerCase().split(/[^a-zà-ÿ]+/)) {
    if (HIS.has(word)) return 'he'
    if (HERS.has(word)) return 'she'
  }
  return undefined
}

const SHORT: Readonly<Record<string, string>> = {
  abigail: 'abby',
  alexander: 'alex|sandy',
  andrew: 'andy|drew',
  anthony: 'tony',
  benjamin: 'ben',
  catherine: 'kate|cathy|katie',
  charles: 'charlie|chuck',
  christopher: 'chris',
  daniel: 'dan|danny',
  david: 'dave',
  deborah: 'debbie|deb',
  douglas: 'doug|dougie',
  edward: 'ed|eddie|ted',
  elizabeth: 'liz|beth|lizzie|betty',
  frederick: 'fred|freddie',
  geoffrey: 'geoff',
  gregory: 'greg',
  henry: 'harry|hank',
  james: 'jim|jamie|jimmy',
  jeffrey: 'jeff',
  jennifer: 'jen|jenny',
  jonathan: 'jon|jonny',
  joseph: 'joe',
  joshua: 'josh',
  katherine: 'kate|kathy|katie',
  kenneth: 'ken',
  lawrence: 'larry',
  margaret: 'maggie|meg|peggy',
  matthew: 'matt',
  michael: 'mike|mick',
  nicholas: 'nick',
  patricia: 'pat|trish|tricia',
  patrick: 'pat|paddy',
  peter: 'pete',
  philip: 'phil',
  rebecca: 'becky',
  richard: 'rick|dick|rich',
  robert: 'rob|bob|bobby',
  ronald: 'ron',
  samuel: 'sam',
  samantha: 'sam',
  stephanie: 'steph',
  stephen: 'steve',
  steven: 'steve',
  susan: 'sue|susie',
  theodore: 'ted|theo',
  thomas: 'tom|tommy',
  timothy: 'tim',
  victoria: 'vicky',
  walter: 'walt',
  william: 'bill|will|billy',
}
/** What somebody of a given name is called for short, in small letters. */
export const shortFor = (given: string): string[] => SHORT[given]?.split('|') ?? []
