<SUBMISSION>
<ACCESSION-NUMBER>0000912345-02-000031<TYPE>8-K<PUBLIC-DOCUMENT-COUNT>2<ITEMS>5<FILING-DATE>20020612<FILER><COMPANY-DATA><CONFORMED-NAME>Quillon Oncology Corp.<CIK>0000912345<ASSIGNED-SIC>2834</COMPANY-DATA><FILING-VALUES><FORM-TYPE>8-K</FILING-VALUES></FILER><DOCUMENT><TYPE>8-K<SEQUENCE>1<FILENAME>q8k.txt<DESCRIPTION>8-K<TEXT>FORM 8-K CURRENT REPORT
Pursuant to Section 13 or 15(d)
/s/ Ruth Amory</TEXT></DOCUMENT><DOCUMENT><TYPE>EX-99.1<SEQUENCE>2<FILENAME>ex99.txt<DESCRIPTION>EX-99.1<TEXT>
                                                                    Exhibit 99.1

QUILLON AND HALDEN RENEW AGREEMENT

SAN FRANCISCO, June 11, 2002 -- Quillon Oncology Corp. (Nasdaq: QLLN) today
announced that it and Halden Bio AS have renewed their agreement of 1999 for
three years.  Quillon pays $750,000 a year.

<PAGE>

"We know each other well," said Ruth Amory of Quillon.
</TEXT></DOCUMENT></SUBMISSION>
