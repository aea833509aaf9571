/**
 * Passwords of eight characters or more that lead the published lists of leaked ones, world-wide and Vietnamese. Lower
 * case. A full breach list needs a network or gigabytes; the growing delay covers what is not here.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
	`12345678 123456789 1234567890 0123456789 0987654321 987654321 9876543210 87654321 123123123 12341234 11223344 1122334455
112233445566 123454321 12344321 123321123 147258369 741852963 789456123 159753456 123789456 456789123 123456780 12345679
1234554321 0123456780 012345678 01234567 00112233 11112222 12121212 13131313 10101010 20202020 31415926 135792468 246813579
147852369 963852741 147896325 123698745 192837465 112358132 123qweasd 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5
1qaz2wsx 1qaz2wsx3edc qazwsxedc zaq12wsx qwertyui qwertyuiop qwerty123 qwerty12 qwerty1234 qwerty12345 asdfghjk asdfghjkl
asdf1234 zxcvbnm1 zxcvbnm123 1234qwer qwer1234 abcd1234 abcd12345 abc12345 abc123456 a1234567 a12345678 a123456789 aa123456
aa12345678 aa123123 123456aa 123456abc 123456ab 12345678a 123456789a 123abc456 abcdefgh abcdefghi abc123abc q1234567 z1234567
password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pass@123 pass@word pass1234 pa55word
iloveyou iloveyou1 iloveyou2 sunshine princess football baseball superman whatever trustno1 starwars computer internet
welcome1 welcome123 welcome@123 letmein1 admin123 admin1234 admin12345 admin@123 administrator adminadmin root1234 test1234
test12345 testtest user1234 user12345 guest123 demo1234 default1 changeme changeme1 changeme123 secret123 master123 dragon123
monkey123 michelle jennifer samsung1 samsung123 facebook facebook1 google123 microsoft windows7 windows10 iphone123 nokia123
matkhau1 matkhau12 matkhau123 matkhau1234 matkhau@123 matkhau12345 matkhau123456 matkhaumoi matkhau01 matkhaula 123matkhau
mậtkhẩu123 matkhau2025 matkhau2026 anhyeuem anhyeuem1 anhyeuem123 emyeuanh emyeuanh1 yeuemnhieu anhnhoem emnhoanh toiyeuem
iloveu123 yeuanhnhieu chungtinh tinhyeu123 hanhphuc hanhphuc1 giadinh123 conyeume123 bome1234 conheo123 meocon123
vietnam1 vietnam123 vietnam@123 vietnam2025 vietnam2026 vietnam1945 vietnamvodich hanoi123 hanoi1234 saigon123 danang123
hochiminh hochiminh1 hochiminh123 bacninh123 bacgiang123 thanhhoa123 nghean123 nghean37 tuyenquang tuyenquang123 khongbiet
khongco1 khongnho khongcopass quenmatkhau daylamatkhau congchuc congchuc123 canbo123 tuphap123 tuphap@123 phapluat
phapluat1 phapluat123 phapluat@123 taphuan123 taphuan@123 chuyendoiso chuyendoiso123 pbgdpl123 pbgdpl@123 dean766766 sotuphap
sotuphap123 sotuphap@123 ubnd1234 ubnd@123 ubnd12345 ubndxa123 vanphong1 vanphong123 hanhchinh hanhchinh123 daotao123
bucgiang bucgiang1 bucgiang123 congan123 quandoi123 giaovien giaovien123 hocsinh123 sinhvien sinhvien123 truonghoc
nguyenvana nguyenvana1 nguyen123 nguyen1234 tranvan123 phamvan123 levan1234 hoangvan123 zalo1234 zalo12345 mobifone
viettel123 viettel@123 vinaphone vnpt1234 vnpt@123 vnpt12345 fpt12345 alo12345 haha1234 hihi1234 hehehehe hahahaha
1234567a 1234567q 123456qw 123456789q 123456789z 123456asd 1234abcd 12345abc 12345qwe 12345qwert 11111111a 88888888a a11111111
aaaa1111 aaa11111 abc@1234 abc@123456 abc@12345 123456@abc 123456a@ 123456@a 123456aa@ 123456a@a aa123456@ aa@123456 a@123456
a@1234567 a@12345678 qwe123456 qwe123qwe asd123456 asd123asd zxc123456 zxc123zxc 1a2b3c4d 1a2b3c4d5e a1b2c3d4 a1b2c3d4e5
19001900 19451945 02091945 30041975 19121946 20112011 01011990 01012000 01012020 20242024 20252025 20262026`
		.split(/\s+/)
		.filter(Boolean)
);
